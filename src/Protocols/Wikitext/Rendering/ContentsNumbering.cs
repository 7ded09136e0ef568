using System.Globalization;

namespace Plenum.Wikitext.Rendering;

/// <summary>Numbers headings: levels that are left out do not count, a smaller level goes back to where it belongs.</summary>
internal sealed class ContentsNumbering
{
    private const int MaxLevel = 6;

    /// <summary>Heading level at each depth, from 1.</summary>
    private readonly int[] _levels = new int[MaxLevel + 2];

    /// <summary>Headings so far at each depth.</summary>
    private readonly int[] _counts = new int[MaxLevel + 2];

    private int _depth;
    private int _last;

    /// <summary>Depth in the table of contents and number of the next heading.</summary>
    public (int Depth, string Number) Next(int level)
    {
        if (level > _last)
        {
            _depth++;
            _counts[_depth] = 0;
        }
        else if (level < _last && _depth > 1)
        {
            _depth = DepthOf(level);
        }

        _last = level;
        _levels[_depth] = level;
        _counts[_depth]++;
        return (_depth, Number());
    }

    private string Number()
    {
        Span<char> number = stackalloc char[(MaxLevel + 1) * 12];
        var length = 0;
        for (var depth = 1; depth <= _depth; depth++)
        {
            if (_counts[depth] == 0)
            {
                continue;
            }

            if (length > 0)
            {
                number[length++] = '.';
            }

            _counts[depth].TryFormat(number[length..], out var digits, provider: CultureInfo.InvariantCulture);
            length += digits;
        }

        return number[..length].ToString();
    }

    private int DepthOf(int level)
    {
        for (var depth = _depth; depth > 0; depth--)
        {
            if (_levels[depth] == level)
            {
                return depth;
            }

            if (_levels[depth] < level)
            {
                return depth + 1;
            }
        }

        return 1;
    }
}
