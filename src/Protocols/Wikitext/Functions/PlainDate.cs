using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>A date as #formatdate reads it: "1 March 2026", "March 1", "2026-03-01", "2026 March 1".</summary>
internal readonly record struct PlainDate
{
    private LanguageDates Names { get; init; }

    private int Day { get; init; }

    private int Month { get; init; }

    /// <summary>As written, "44 BC" too; empty if there is none.</summary>
    private string Year { get; init; }

    private string Order { get; init; }

    public string Iso => Year.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Month:D2}-{Day:D2}") : string.Create(CultureInfo.InvariantCulture, $"{IsoYear}-{Month:D2}-{Day:D2}");

    private string IsoYear => Year.EndsWith("BC", StringComparison.OrdinalIgnoreCase)
        ? string.Create(CultureInfo.InvariantCulture, $"-{Number(Year[..^2]) - 1:D4}")
        : Year.StartsWith('-') ? string.Create(CultureInfo.InvariantCulture, $"-{Number(Year[1..]):D4}") : string.Create(CultureInfo.InvariantCulture, $"{Number(Year):D4}");

    /// <summary>Reads a date. False if the text is none.</summary>
    public static bool TryRead(string text, LanguageDates names, out PlainDate date)
    {
        date = default;
        if (text.Length > 80)
        {
            return false;
        }

        if (IsIso(text))
        {
            var sign = text[0] == '-' ? 1 : 0;
            date = new() { Names = names, Year = text[..(sign + 4)], Month = Number(text.Substring(sign + 5, 2)), Day = Number(text[(sign + 8)..]), Order = "iso" };
            return date.Month is >= 1 and <= 12;
        }

        var words = text.Replace(",", " , ", StringComparison.Ordinal).Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var hasEra = words.Count > 1 && words[^1].Equals("BC", StringComparison.OrdinalIgnoreCase);
        if (hasEra)
        {
            words[^2] += " BC";
            words.RemoveAt(words.Count - 1);
        }

        words.RemoveAll(w => w == ",");
        var month = words.FindIndex(w => MonthOf(w, names) > 0);
        return month >= 0 && TryOrder(words, month, MonthOf(words[month], names), names, out date);
    }

    /// <summary>The date in an order; an unknown order keeps the one it was written in.</summary>
    public string In(string order)
    {
        var month = Names.Months[Month - 1];
        var wanted = order switch { "dmy" or "mdy" or "ymd" => order, "ISO 8601" => "iso", _ => Order };
        if (Year.Length == 0)
        {
            return wanted is "mdy" or "md" or "ymd" or "iso" && !(Order == "dm" && wanted is "ymd" or "iso") ? Written($"{month} {Day}") : Written($"{Day} {month}");
        }

        var year = Year.StartsWith('-') ? string.Create(CultureInfo.InvariantCulture, $"{Number(Year[1..]) + 1} BC") : Order == "iso" ? Written($"{Number(Year)}") : Year;
        return wanted switch
        {
            "dmy" => Written($"{Day} {month} {year}"),
            "mdy" => Written($"{month} {Day}, {year}"),
            "ymd" => Written($"{year} {month} {Day}"),
            "ydm" => Written($"{year}, {Day} {month}"),
            _ => Iso,
        };
    }

    private static string Written(FormattableString text) => FormattableString.Invariant(text);

    private static bool TryOrder(List<string> words, int at, int month, LanguageDates names, out PlainDate date)
    {
        date = default;
        var (day, year, order) = (words.Count, at) switch
        {
            (2, 0) => (words[1], "", "md"),
            (2, 1) => (words[0], "", "dm"),
            (3, 0) => (words[1], words[2], "mdy"),
            (3, 1) when words[0].Length > 2 || !IsDay(words[0]) => (words[2], words[0], "ymd"),
            (3, 1) => (words[0], words[2], "dmy"),
            (3, 2) => (words[1], words[0], "ydm"),
            _ => ("", "", ""),
        };
        if (!IsDay(day) || (order.Length == 3 && !IsYear(year)))
        {
            return false;
        }

        date = new() { Names = names, Day = Number(day), Month = month, Year = year, Order = order };
        return true;
    }

    private static bool IsIso(string text)
    {
        var span = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return span.Length == 10 && span[4] == '-' && span[7] == '-' && span[..4].IndexOfAnyExceptInRange('0', '9') < 0
            && span[5..7].IndexOfAnyExceptInRange('0', '9') < 0 && span[8..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static int MonthOf(string word, LanguageDates names)
    {
        for (var i = 0; i < 12; i++)
        {
            if (word.Equals(names.Months[i], StringComparison.OrdinalIgnoreCase) || word.Equals(names.ShortMonths[i], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static bool IsDay(string word) => word.Length is 1 or 2 && word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsYear(string word)
    {
        var digits = word.EndsWith(" BC", StringComparison.OrdinalIgnoreCase) ? word[..^3] : word;
        return digits.Length is >= 1 and <= 4 && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static int Number(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
