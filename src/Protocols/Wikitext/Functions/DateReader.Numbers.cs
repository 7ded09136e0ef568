using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>What starts with a digit or a sign: dates, times, weeks, offsets.</summary>
internal ref partial struct DateReader
{
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
}
