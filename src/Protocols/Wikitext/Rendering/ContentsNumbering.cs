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
        return (_depth, string.Join('.', _counts.Skip(1).Take(_depth).Where(c => c > 0).Select(c => c.ToString(CultureInfo.InvariantCulture))));
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
