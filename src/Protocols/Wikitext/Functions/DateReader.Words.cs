namespace Plenum.Wikitext.Functions;

/// <summary>What starts with a letter: months, weekdays, "next", "last day of", zones.</summary>
internal ref partial struct DateReader
{
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
}
