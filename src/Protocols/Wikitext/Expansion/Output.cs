using System.Buffers;

namespace Plenum.Wikitext.Expansion;

/// <summary>
/// The one growing text of an expansion. Templates write behind what is there; what a function needs as a value is cut off again.
/// No more is ever held than <see cref="Limit"/> allows: what would pass it is not written and <see cref="IsFull"/> tells.
/// </summary>
internal sealed class Output : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(4096);

    public Output(int limit) => Limit = limit;

    public int Length { get; private set; }

    /// <summary>The length that may not be passed now; narrower while a part with a budget of its own is written.</summary>
    public int Limit { get; set; }

    /// <summary>True if something did not fit. Whoever set the limit clears it.</summary>
    public bool IsFull { get; set; }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > Limit - Length)
        {
            IsFull = true;
            return;
        }

        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char c) => Append([c]);

    /// <summary>What was written from a place on. Valid until more is written.</summary>
    public Span<char> From(int start) => _chars.AsSpan(start, Length - start);

    /// <summary>Cuts off what was written from a place on and returns it.</summary>
    public string Take(int start)
    {
        var text = Length == start ? "" : new string(From(start));
        Length = start;
        return text;
    }

    /// <summary>Cuts off what was written from a place on and returns it without white space at its ends.</summary>
    public string TakeTrimmed(int start)
    {
        var text = From(start).Trim(WhiteSpace.Characters);
        var taken = text.IsEmpty ? "" : new string(text);
        Length = start;
        return taken;
    }

    public void Truncate(int length) => Length = length;

    /// <summary>Removes white space at both ends of what was written from a place on.</summary>
    public void Trim(int start)
    {
        var written = From(start);
        var kept = written.TrimEnd(WhiteSpace.Characters);
        var first = kept.Length - kept.TrimStart(WhiteSpace.Characters).Length;
        if (first > 0)
        {
            kept[first..].CopyTo(written);
        }

        Length = start + kept.Length - first;
    }

    public void Insert(int at, char c)
    {
        if (Length >= Limit)
        {
            IsFull = true;
            return;
        }

        Reserve(1);
        _chars.AsSpan(at, Length - at).CopyTo(_chars.AsSpan(at + 1));
        _chars[at] = c;
        Length++;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars);
        _chars = [];
    }

    private void Reserve(int more)
    {
        if (_chars.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, (int)Math.Min(_chars.Length * 2L, Limit + 16L)));
        _chars.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
