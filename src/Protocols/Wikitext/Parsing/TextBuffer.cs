using System.Buffers;
using System.Globalization;

namespace Plenum.Wikitext.Parsing;

/// <summary>A growing text on pooled memory; one pass writes it, the next one reads it.</summary>
internal sealed class TextBuffer : IDisposable
{
    private char[] _chars;

    public TextBuffer(int capacity = 256) => _chars = ArrayPool<char>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => _chars.AsSpan(0, Length);

    public void Append(char c)
    {
        if (Length == _chars.Length)
        {
            Grow(1);
        }

        _chars[Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(int number)
    {
        if (_chars.Length - Length < 12)
        {
            Grow(12);
        }

        number.TryFormat(_chars.AsSpan(Length), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Drops everything from a position on.</summary>
    public void Truncate(int length) => Length = length;

    public void Clear() => Length = 0;

    public override string ToString() => new(Text);

    public void Dispose()
    {
        var chars = _chars;
        _chars = [];
        Length = 0;
        if (chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_chars.Length * 2, Length + more));
        Text.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
