using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>The English words of dates.</summary>
internal static class DateWords
{
    private static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] s_roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

    private static readonly string[] s_days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] s_ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    /// <summary>1 to 12, or 0 if the word is no month.</summary>
    public static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word is "sept")
        {
            return 9;
        }

        for (var i = 0; i < 12; i++)
        {
            if (word.SequenceEqual(s_months[i]) || word.SequenceEqual(s_months[i].AsSpan(0, 3)) || word.SequenceEqual(s_roman[i]))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>0 is Sunday; -1 if the word is no weekday.</summary>
    public static int WeekdayOf(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < 7; i++)
        {
            if (word.SequenceEqual(s_days[i]) || word.SequenceEqual(s_days[i].AsSpan(0, 3)))
            {
                return i;
            }
        }

        return word switch
        {
            "tues" => 2,
            "wednes" => 3,
            "thur" or "thurs" => 4,
            _ => -1,
        };
    }

    public static bool IsUnit(ReadOnlySpan<char> word) => word is "sec" or "secs" or "second" or "seconds" or "min" or "mins" or "minute" or "minutes"
        or "hour" or "hours" or "day" or "days" or "week" or "weeks" or "fortnight" or "fortnights" or "forthnight" or "forthnights"
        or "month" or "months" or "year" or "years" or "weekday" or "weekdays";

    /// <summary>How many steps "next", "last", "third" ... mean; null if the word is none of them.</summary>
    public static int? AmountOf(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < s_ordinals.Length; i++)
        {
            if (word.SequenceEqual(s_ordinals[i]))
            {
                return i + 1;
            }
        }

        return word switch
        {
            "next" => 1,
            "last" or "previous" => -1,
            "this" => 0,
            _ => null,
        };
    }

    /// <summary>Hours east of Greenwich; null if the word is no zone.</summary>
    public static double? OffsetOf(ReadOnlySpan<char> word) => word switch
    {
        "utc" or "gmt" or "z" or "wet" => 0,
        "bst" or "cet" or "met" or "west" => 1,
        "cest" or "mest" or "eet" => 2,
        "eest" or "msk" => 3,
        "ist" => 5.5,
        "jst" => 9,
        "edt" => -4,
        "est" or "cdt" => -5,
        "cst" or "mdt" => -6,
        "mst" or "pdt" => -7,
        "pst" => -8,
        _ => null,
    };

    /// <summary>Zones are named with capitals: "Europe/Berlin".</summary>
    public static string ZoneName(string name) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.Replace('_', ' ')).Replace(' ', '_');
}
