namespace Plenum.Wikitext.Functions;

/// <summary>What became of a date in words.</summary>
internal enum DateReading
{
    Valid,
    Invalid,
    TooEarly,
    TooLate,
}

/// <summary>What a text says about a moment: fixed parts, and steps to go from there.</summary>
internal sealed class DateParts
{
    /// <summary>Steps beyond this lead out of the calendar anyway.</summary>
    private const long MaxStep = 100_000_000;

    private long _years;
    private long _months;
    private long _days;
    private long _seconds;
    private long _workDays;

    /// <summary>How a weekday is counted.</summary>
    internal enum WeekdayRule
    {
        None,

        /// <summary>The next one, not today ("next monday").</summary>
        After,

        /// <summary>Today or the next one ("monday").</summary>
        FromToday,

        /// <summary>The one in the week from Monday on ("monday next week").</summary>
        InWeek,
    }

    public int? Year { get; set; }

    public int? Month { get; set; }

    public int? Day { get; set; }

    public bool HasDate => Year is not null || Month is not null || Day is not null;

    /// <summary>Seconds since midnight.</summary>
    public int? Time { get; set; }

    public bool KeepsNoTime { get; set; }

    public TimeSpan? Offset { get; set; }

    public TimeZoneInfo? Zone { get; set; }

    /// <summary>Seconds since 1970, written after "@".</summary>
    public long? UnixTime { get; set; }

    public WeekdayRule Rule { get; set; }

    /// <summary>0 is Sunday; -1 is the weekday of today.</summary>
    public int Weekday { get; set; }

    /// <summary>1: first day of the month, -1: last day.</summary>
    public int EdgeOfMonth { get; set; }

    /// <summary>Which one in the month <see cref="Weekday"/> is: 1 the first, -1 the last; 0 if the month does not matter.</summary>
    public int WeekdayInMonth { get; set; }

    public bool HasSteps { get; private set; }

    /// <summary>Adds a step. False if it is beyond all calendars.</summary>
    public bool TryStep(string unit, long amount)
    {
        if (Math.Abs(amount) > MaxStep)
        {
            return false;
        }

        HasSteps = true;
        switch (unit)
        {
            case "sec" or "secs" or "second" or "seconds":
                _seconds += amount;
                return true;
            case "min" or "mins" or "minute" or "minutes":
                _seconds += amount * 60;
                return true;
            case "hour" or "hours":
                _seconds += amount * 3600;
                return true;
            case "day" or "days":
                _days += amount;
                return true;
            case "week" or "weeks":
                _days += amount * 7;
                return true;
            case "fortnight" or "fortnights" or "forthnight" or "forthnights":
                _days += amount * 14;
                return true;
            case "month" or "months":
                _months += amount;
                return true;
            case "year" or "years":
                _years += amount;
                return true;
            case "weekday" or "weekdays":
                _workDays += amount;
                return true;
            default:
                return false;
        }
    }

    /// <summary>"ago" turns all steps before it around.</summary>
    public void TurnAround() => (_years, _months, _days, _seconds, _workDays) = (-_years, -_months, -_days, -_seconds, -_workDays);

    /// <summary>The moment meant, counted from <paramref name="now"/>.</summary>
    public DateReading Resolve(DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        if (UnixTime is { } unix)
        {
            if (unix is < -62_135_596_800 or > 253_402_300_799)
            {
                return unix < 0 ? DateReading.TooEarly : DateReading.TooLate;
            }

            now = DateTimeOffset.FromUnixTimeSeconds(unix);
        }

        var start = now.UtcDateTime;
        var time = Time ?? (HasDate || KeepsNoTime ? 0 : (long)start.TimeOfDay.TotalSeconds);
        long year = Year ?? start.Year, month = Month ?? start.Month, day = Day ?? start.Day;
        var reading = TryDay(year, month, day, out var date);
        if (reading is not DateReading.Valid)
        {
            return reading;
        }

        if (Rule is not WeekdayRule.None && WeekdayInMonth == 0)
        {
            day += DaysToWeekday((int)date.DayOfWeek);
        }

        reading = TryDay(year + _years, month + _months, 1, out date);
        if (reading is not DateReading.Valid)
        {
            return reading;
        }

        var inMonth = EdgeOfMonth switch
        {
            > 0 => 0,
            < 0 => DateTime.DaysInMonth(date.Year, date.Month) - 1,
            _ => WeekdayInMonth == 0 ? day - 1 + _days : NthWeekday(date),
        };
        return Finish(date, inMonth, time, out moment);
    }

    private DateReading Finish(DateTime month, long days, long time, out DateTimeOffset moment)
    {
        moment = default;
        var seconds = (days * 86_400) + time + _seconds;
        var ticksLeft = seconds < 0 ? month.Ticks : DateTime.MaxValue.Ticks - month.Ticks;
        if (Math.Abs(seconds) > ticksLeft / TimeSpan.TicksPerSecond)
        {
            return seconds < 0 ? DateReading.TooEarly : DateReading.TooLate;
        }

        var local = AddWorkDays(month.AddSeconds(seconds));
        var offset = Offset ?? Zone?.GetUtcOffset(local) ?? TimeSpan.Zero;
        var ticks = local.Ticks - offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return ticks < 0 ? DateReading.TooEarly : DateReading.TooLate;
        }

        moment = new DateTimeOffset(ticks, TimeSpan.Zero);
        return DateReading.Valid;
    }

    /// <summary>A day by numbers that may lie outside of month and year.</summary>
    private static DateReading TryDay(long year, long month, long day, out DateTime date)
    {
        date = default;
        var months = (year * 12) + month - 1;
        if (months < 12)
        {
            return DateReading.TooEarly;
        }

        if (months >= 120_000)
        {
            return DateReading.TooLate;
        }

        date = new DateTime((int)(months / 12), (int)(months % 12) + 1, 1);
        if (date.Ticks / TimeSpan.TicksPerDay + day - 1 is < 0 or > 3_652_058)
        {
            return day < 0 ? DateReading.TooEarly : DateReading.TooLate;
        }

        date = date.AddDays(day - 1);
        return DateReading.Valid;
    }

    private int DaysToWeekday(int today)
    {
        if (Weekday < 0)
        {
            return 0;
        }

        var wanted = Weekday;
        if (Rule is WeekdayRule.InWeek)
        {
            if (today == 0 && wanted != 0)
            {
                wanted -= 7;
            }
            else if (wanted == 0 && today != 0)
            {
                wanted = 7;
            }

            return wanted - today;
        }

        var difference = wanted - today;
        var isBehind = _days < 0 ? difference < 0 : difference <= (Rule is WeekdayRule.FromToday ? -1 : 0);
        return isBehind ? difference + 7 : difference;
    }

    /// <summary>Days from the first of a month to its n-th weekday of a kind.</summary>
    private long NthWeekday(DateTime first)
    {
        if (WeekdayInMonth > 0)
        {
            return ((Weekday - (int)first.DayOfWeek + 7) % 7) + ((WeekdayInMonth - 1L) * 7);
        }

        var last = DateTime.DaysInMonth(first.Year, first.Month) - 1;
        return last - (((int)first.AddDays(last).DayOfWeek - Weekday + 7) % 7);
    }

    private DateTime AddWorkDays(DateTime date)
    {
        var step = Math.Sign(_workDays);
        var left = Math.Min(Math.Abs(_workDays), 100_000);
        while (left > 0 && date.Year is > 1 and < 9999)
        {
            date = date.AddDays(step);
            left -= date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return date;
    }
}
