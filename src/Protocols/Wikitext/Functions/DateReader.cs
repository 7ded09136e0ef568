namespace Plenum.Wikitext.Functions;

/// <summary>
/// Reads dates in (English) words as PHP does: "2026-03-01 12:30", "1 March 2026", "next monday", "last day of february", "+2 weeks".
/// </summary>
internal ref partial struct DateReader
{
    /// <summary>A longer text is no date.</summary>
    private const int MaxLength = 200;

    private readonly ReadOnlySpan<char> _text;
    private readonly DateParts _parts;
    private int _at;

    private DateReader(ReadOnlySpan<char> text, DateParts parts)
    {
        _text = text;
        _parts = parts;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="now">What relative words count from.</param>
    /// <param name="moment">The moment, if the reading is valid. Texts without a zone mean UTC.</param>
    public static DateReading Read(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        if (text.Length > MaxLength)
        {
            return DateReading.Invalid;
        }

        // Four digits alone are a year here, not a time.
        text = text.Length == 4 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? "00:00 " + text : text.ToLowerInvariant();
        var parts = new DateParts();
        var reader = new DateReader(text, parts);
        return reader.ReadAll() ? parts.Resolve(now, out moment) : DateReading.Invalid;
    }

    private bool ReadAll()
    {
        while (true)
        {
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or ',' or '\n' or '(' or ')')
            {
                _at++;
            }

            if (_at == _text.Length)
            {
                return true;
            }

            var start = _at;
            var c = _text[_at];
            var isRead = char.IsAsciiDigit(c) ? ReadDigits() : c is '+' or '-' ? ReadSigned() : c == '@' ? ReadUnixTime() : char.IsAsciiLetter(c) && ReadWord();
            if (!isRead || _at == start)
            {
                return false;
            }
        }
    }

    private readonly ReadOnlySpan<char> Rest => _text[_at..];

    private readonly char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool ReadUnixTime()
    {
        _at++;
        var sign = Peek() == '-' ? -1 : 1;
        _at += sign < 0 ? 1 : 0;
        if (!TryTakeNumber(12, out var number, out _) || _parts.UnixTime is not null)
        {
            return false;
        }

        _parts.UnixTime = sign * number;
        _parts.Offset = TimeSpan.Zero;
        return true;
    }

    private bool SetDate(int? year, int month, int day, bool mayOverflow = false)
    {
        if (_parts.Day is not null || month is < 0 or > 12 || (day > 31 && !mayOverflow))
        {
            return false;
        }

        (_parts.Year, _parts.Month, _parts.Day) = (year ?? _parts.Year, month, day);
        return true;
    }

    private readonly bool SetMonth(int month)
    {
        if (_parts.Month is not null)
        {
            return false;
        }

        _parts.Month = month;
        return true;
    }

    private readonly bool SetYear(int year)
    {
        if (_parts.Year is not null)
        {
            return false;
        }

        _parts.Year = year;
        return true;
    }

    private readonly bool SetTime(int hour, int minute, int second)
    {
        if (_parts.Time is > 0 || hour > 24 || minute > 59 || second > 60)
        {
            return false;
        }

        _parts.Time = (hour * 3600) + (minute * 60) + second;
        return true;
    }

    private bool TryTakeNumber(int maxDigits, out long number, out int length)
    {
        number = 0;
        length = 0;
        while (length < maxDigits && char.IsAsciiDigit(Peek()))
        {
            number = (number * 10) + (Peek() - '0');
            length++;
            _at++;
        }

        return length > 0 && !char.IsAsciiDigit(Peek());
    }

    private bool Take(char c)
    {
        if (Peek() != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        var before = _at;
        SkipBlanks();
        if (PeekWord().SequenceEqual(word))
        {
            _at += word.Length;
            return true;
        }

        _at = before;
        return false;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
        {
            _at++;
        }
    }

    private readonly ReadOnlySpan<char> PeekWord()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        return _text[_at..end];
    }

    private static bool IsOrdinal(ReadOnlySpan<char> text)
        => text.Length >= 2 && text[..2] is "st" or "nd" or "rd" or "th" && (text.Length == 2 || !char.IsAsciiLetter(text[2]));

    private static int FullYear(int year) => year + (year < 70 ? 2000 : 1900);
}
