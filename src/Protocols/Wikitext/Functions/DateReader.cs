using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>
/// Reads dates in (English) words as PHP does: "2026-03-01 12:30", "1 March 2026", "next monday", "last day of february", "+2 weeks".
/// </summary>
internal ref struct DateReader
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

    private bool ReadDigits()
    {
        var start = _at;
        if (!TryTakeNumber(14, out var number, out var length))
        {
            return false;
        }

        switch (Peek())
        {
            case ':' when length <= 2:
                _at = start;
                return ReadTime();
            case '-' when char.IsAsciiLetterOrDigit(Peek(1)):
                return length == 4 ? ReadAfterYear((int)number) : length <= 2 && ReadDashed((int)number, length);
            case '/':
                return ReadSlashed((int)number, length);
            case '.' when length <= 2 && char.IsAsciiDigit(Peek(1)):
                return ReadPointed((int)number);
        }

        if (length is 8 or 14)
        {
            return SetDate((int)(number / (length == 8 ? 10_000 : 10_000_000_000)), (int)(number / (length == 8 ? 100 : 100_000_000) % 100), (int)(number / (length == 8 ? 1 : 1_000_000) % 100))
                && (length == 8 || SetTime((int)(number / 10_000 % 100), (int)(number / 100 % 100), (int)(number % 100)));
        }

        return ReadAfterNumber(number, length);
    }

    /// <summary>What a bare number is shows what follows: "am", a month, a unit, nothing.</summary>
    private bool ReadAfterNumber(long number, int length)
    {
        var after = _at;
        if (length <= 2 && IsOrdinal(Rest))
        {
            _at += 2;
        }

        while (Peek() is ' ' or '\t' or '.' or '-')
        {
            _at++;
        }

        var word = PeekWord();
        if (length <= 2 && TryTakeHalfOfDay(number, 0, 0))
        {
            return true;
        }

        if (length <= 2 && DateWords.MonthOf(word) is > 0 and var month)
        {
            _at += word.Length;
            return ReadYearAfterMonth((int)number, month);
        }

        if (length == 4 && word.Length > 0 && word[0] == 'w' && _at == after && char.IsAsciiDigit(Peek(1)))
        {
            return ReadWeek((int)number);
        }

        if (length == 4 && DateWords.MonthOf(word) is > 0 and var monthAfterYear)
        {
            _at += word.Length;
            return SetDate((int)number, monthAfterYear, 1);
        }

        if (DateWords.IsUnit(word))
        {
            _at += word.Length;
            return _parts.TryStep(word.ToString(), number);
        }

        _at = after;
        if (length != 4)
        {
            return false;
        }

        var (hour, minute) = ((int)(number / 100), (int)(number % 100));
        if (_parts.Time is null && hour <= 24 && minute < 60 && !_parts.HasDate)
        {
            return SetTime(hour, minute, 0);
        }

        return SetYear((int)number);
    }

    /// <summary>"-03-01", "-03", "-w10-1", "-mar-1".</summary>
    private bool ReadAfterYear(int year)
    {
        _at++;
        if (Peek() == 'w')
        {
            return ReadWeek(year);
        }

        if (char.IsAsciiLetter(Peek()))
        {
            var word = PeekWord();
            _at += word.Length;
            return Take('-') && TryTakeNumber(2, out var dayOfMonth, out _) && SetDate(year, DateWords.MonthOf(word), (int)dayOfMonth);
        }

        if (!TryTakeNumber(3, out var month, out var length))
        {
            return false;
        }

        if (length == 3)
        {
            return SetDate(year, 1, (int)month, mayOverflow: true);
        }

        if (Peek() != '-' || !char.IsAsciiDigit(Peek(1)))
        {
            return SetDate(year, (int)month, 1);
        }

        _at++;
        if (!TryTakeNumber(2, out var day, out _) || !SetDate(year, (int)month, (int)day))
        {
            return false;
        }

        return Peek() != 't' || !char.IsAsciiDigit(Peek(1)) || (_at++ >= 0 && ReadTime());
    }

    private bool ReadWeek(int year)
    {
        _at++;
        if (!TryTakeNumber(2, out var week, out var length) || length != 2 || week > 53)
        {
            return false;
        }

        _ = Peek() == '-' && char.IsAsciiDigit(Peek(1)) && Take('-');
        var weekday = char.IsAsciiDigit(Peek()) && TryTakeNumber(1, out var day, out _) ? (int)day : 1;
        if (year is < 1 or > 9998)
        {
            return false;
        }

        var monday = ISOWeek.ToDateTime(year, 1, DayOfWeek.Monday).AddDays((week - 1) * 7);
        var date = monday.AddDays(weekday - 1);
        return SetDate(date.Year, date.Month, date.Day);
    }

    /// <summary>"1-3-2026", "1-mar-2026", "26-03-01".</summary>
    private bool ReadDashed(int first, int length)
    {
        _at++;
        if (char.IsAsciiLetter(Peek()))
        {
            var word = PeekWord();
            var month = DateWords.MonthOf(word);
            _at += word.Length;
            _ = Peek() == '-' && Take('-');
            return month > 0 && ReadYearAfterMonth(first, month);
        }

        if (!TryTakeNumber(2, out var second, out _) || !Take('-') || !TryTakeNumber(4, out var third, out var thirdLength))
        {
            return false;
        }

        return thirdLength == 4 ? SetDate((int)third, (int)second, first) : length == 2 && SetDate(FullYear(first), (int)second, (int)third);
    }

    /// <summary>"2026/03/01", "3/1/2026", "3/1".</summary>
    private bool ReadSlashed(int first, int length)
    {
        _at++;
        if (!TryTakeNumber(2, out var second, out _))
        {
            return false;
        }

        if (Peek() != '/')
        {
            return length <= 2 && SetDate(null, first, (int)second);
        }

        _at++;
        return TryTakeNumber(4, out var third, out var thirdLength)
            && (length == 4 ? SetDate(first, (int)second, (int)third) : SetDate(thirdLength <= 2 ? FullYear((int)third) : (int)third, first, (int)second));
    }

    /// <summary>"1.3.2026", "1.3.26"; also "12.30" as a time after a date.</summary>
    private bool ReadPointed(int first)
    {
        _at++;
        if (!TryTakeNumber(2, out var second, out var length))
        {
            return false;
        }

        if (Peek() is '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            if (!TryTakeNumber(4, out var third, out var thirdLength) || thirdLength is not (2 or 4))
            {
                return false;
            }

            // Two digits up to 60 are seconds: "1.3.26" is a time.
            return thirdLength == 4 || third > 60 ? SetDate(thirdLength == 2 ? FullYear((int)third) : (int)third, (int)second, first) : SetTime(first, (int)second, (int)third);
        }

        return length == 2 && SetTime(first, (int)second, 0);
    }

    /// <summary>After "1 March": a year may follow, unless it is a time.</summary>
    private bool ReadYearAfterMonth(int day, int month)
    {
        var before = _at;
        while (Peek() is ' ' or '\t' or ',' or '.' or '-')
        {
            _at++;
        }

        var afterBlanks = _at;
        if (TryTakeNumber(4, out var year, out var length) && length == 4 && Peek() is not (':' or '-' or '/'))
        {
            return SetDate((int)year, month, day);
        }

        _at = afterBlanks == before || !char.IsAsciiDigit(afterBlanks < _text.Length ? _text[afterBlanks] : '\0') ? before : afterBlanks;
        return SetDate(null, month, day);
    }

    private bool ReadTime()
    {
        if (!TryTakeNumber(2, out var hour, out _) || !Take(':') || !TryTakeNumber(2, out var minute, out _))
        {
            return false;
        }

        long second = 0;
        if (Peek() == ':')
        {
            _at++;
            if (!TryTakeNumber(2, out second, out _))
            {
                return false;
            }

            if (Peek() is '.' or ',' && char.IsAsciiDigit(Peek(1)))
            {
                _at++;
                TryTakeNumber(9, out _, out _); // Fractions of seconds are never shown.
            }
        }

        return TryTakeHalfOfDay(hour, minute, second) || SetTime((int)hour, (int)minute, (int)second);
    }

    private bool TryTakeHalfOfDay(long hour, long minute, long second)
    {
        var at = _at;
        while (at < _text.Length && _text[at] == ' ')
        {
            at++;
        }

        var rest = _text[at..];
        var length = rest.StartsWith("a.m.") || rest.StartsWith("p.m.") ? 4 : rest.StartsWith("am") || rest.StartsWith("pm") ? 2 : 0;
        if (length == 0 || (length < rest.Length && char.IsAsciiLetter(rest[length])) || hour is < 1 or > 12)
        {
            return false;
        }

        _at = at + length;
        return SetTime((int)(hour % 12) + (rest[0] == 'p' ? 12 : 0), (int)minute, (int)second);
    }

    /// <summary>"+2 days", or a zone such as "+02:00" after a time.</summary>
    private bool ReadSigned()
    {
        var sign = 1;
        while (Peek() is '+' or '-' or ' ')
        {
            sign = Peek() == '-' ? -sign : sign;
            _at++;
        }

        var start = _at;
        if (!TryTakeNumber(12, out var number, out var length))
        {
            return false;
        }

        var after = _at;
        while (Peek() is ' ' or '\t')
        {
            _at++;
        }

        var word = PeekWord();
        if (DateWords.IsUnit(word))
        {
            _at += word.Length;
            return _parts.TryStep(word.ToString(), sign * number);
        }

        if (DateWords.WeekdayOf(word) is >= 0 and var weekday)
        {
            _at += word.Length;
            return SetWeekday(weekday, sign * number, isThis: false);
        }

        _at = after;
        return length <= 4 && _parts.Time is not null && ReadOffset(sign, start, number, length);
    }

    private bool ReadOffset(int sign, int start, long number, int length)
    {
        long minutes;
        if (Peek() == ':' && length <= 2)
        {
            _at++;
            if (!TryTakeNumber(2, out var part, out _))
            {
                return false;
            }

            minutes = (number * 60) + part;
        }
        else
        {
            minutes = length <= 2 ? number * 60 : (number / 100 * 60) + (number % 100);
        }

        if (minutes > 14 * 60 || _at <= start)
        {
            return false;
        }

        _parts.Offset = TimeSpan.FromMinutes(sign * minutes);
        return true;
    }

    private bool ReadWord()
    {
        var word = PeekWord();
        if (word is "t" && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            return ReadTime();
        }

        if (word.Length > 0 && word[0] == 'w' && word.Length == 1)
        {
            return false;
        }

        _at += word.Length;
        if (DateWords.MonthOf(word) is > 0 and var month)
        {
            return ReadAfterMonth(month);
        }

        if (DateWords.WeekdayOf(word) is >= 0 and var weekday)
        {
            _parts.KeepsNoTime = true;
            _parts.Weekday = weekday;
            _parts.Rule = _parts.Rule is DateParts.WeekdayRule.InWeek ? _parts.Rule : DateParts.WeekdayRule.FromToday;
            return true;
        }

        switch (word)
        {
            case "now":
                return true;
            case "today" or "midnight":
                return SetTime(0, 0, 0);
            case "noon":
                return SetTime(12, 0, 0);
            case "tomorrow" or "yesterday":
                return _parts.TryStep("day", word is "tomorrow" ? 1 : -1) && SetTime(0, 0, 0);
            case "ago":
                _parts.TurnAround();
                return _parts.HasSteps;
        }

        return DateWords.AmountOf(word) is { } amount ? ReadAfterAmount(amount, word is "this") : ReadZone(word);
    }

    /// <summary>"March 1, 2026", "March 2026", "March 1", "March".</summary>
    private bool ReadAfterMonth(int month)
    {
        var before = _at;
        while (Peek() is ' ' or '\t' or '.' or '-')
        {
            _at++;
        }

        if (!TryTakeNumber(4, out var number, out var length) || length == 3 || Peek() == ':')
        {
            _at = before;
            return SetMonth(month);
        }

        if (length == 4)
        {
            return SetDate((int)number, month, 1);
        }

        if (IsOrdinal(Rest))
        {
            _at += 2;
        }

        return ReadYearAfterMonth((int)number, month);
    }

    /// <summary>"next month", "last monday", "first day of", "first monday of", "monday next week".</summary>
    private bool ReadAfterAmount(int amount, bool isThis)
    {
        SkipBlanks();
        var word = PeekWord();
        _at += word.Length;
        if (word is "day" && amount is 1 or -1 && TakeWord("of"))
        {
            _parts.EdgeOfMonth = amount;
            return true;
        }

        if (DateWords.WeekdayOf(word) is >= 0 and var weekday)
        {
            if (!TakeWord("of"))
            {
                return SetWeekday(weekday, amount, isThis);
            }

            (_parts.Weekday, _parts.WeekdayInMonth, _parts.KeepsNoTime) = (weekday, amount, true);
            return amount != 0;
        }

        if (word is "week" or "weeks" && amount is >= -1 and <= 1)
        {
            // Counted from the same weekday, so that a weekday beside it means the one of that week.
            if (_parts.Rule is DateParts.WeekdayRule.None)
            {
                _parts.Rule = DateParts.WeekdayRule.InWeek;
                _parts.Weekday = -1;
            }
            else
            {
                _parts.Rule = DateParts.WeekdayRule.InWeek;
            }
        }

        return DateWords.IsUnit(word) && _parts.TryStep(word.ToString(), amount);
    }

    private bool SetWeekday(int weekday, long amount, bool isThis)
    {
        (_parts.Weekday, _parts.KeepsNoTime) = (weekday, true);
        _parts.Rule = isThis ? DateParts.WeekdayRule.FromToday : DateParts.WeekdayRule.After;
        return _parts.TryStep("week", amount > 0 ? amount - 1 : amount);
    }

    private bool ReadZone(ReadOnlySpan<char> word)
    {
        if (DateWords.OffsetOf(word) is { } hours)
        {
            _parts.Offset = TimeSpan.FromHours(hours);
            return _parts.Zone is null;
        }

        var end = _at;
        while (end < _text.Length && (char.IsAsciiLetter(_text[end]) || _text[end] is '/' or '_' or '-'))
        {
            end++;
        }

        var name = _text[(_at - word.Length)..end].ToString();
        if (!name.Contains('/') || !TimeZoneInfo.TryFindSystemTimeZoneById(DateWords.ZoneName(name), out var zone))
        {
            return false;
        }

        _at = end;
        _parts.Zone = zone;
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
