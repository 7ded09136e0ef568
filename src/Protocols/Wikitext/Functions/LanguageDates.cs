using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>Names of months and days in a language. German and English as MediaWiki writes them, others as the platform knows them.</summary>
internal sealed record LanguageDates
{
    private static readonly LanguageDates s_english = new()
    {
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ShortMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        ShortDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    };

    private static readonly LanguageDates s_german = new()
    {
        Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        ShortMonths = ["Jan.", "Feb.", "Mär.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."],
        Days = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        ShortDays = ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    };

    public required IReadOnlyList<string> Months { get; init; }

    public IReadOnlyList<string>? GenitiveMonths { get; init; }

    public required IReadOnlyList<string> ShortMonths { get; init; }

    /// <summary>From Sunday on.</summary>
    public required IReadOnlyList<string> Days { get; init; }

    public required IReadOnlyList<string> ShortDays { get; init; }

    /// <summary>Names in a language; null for a code that is none.</summary>
    public static LanguageDates? Find(string code)
    {
        if (NumberText.IsGerman(code))
        {
            return s_german;
        }

        if (code == "en" || code.StartsWith("en-", StringComparison.Ordinal))
        {
            return s_english;
        }

        return LanguageNames.Culture(code) is { } culture ? From(culture.DateTimeFormat) : null;
    }

    public static LanguageDates For(string code) => Find(code) ?? s_english;

    private static LanguageDates From(DateTimeFormatInfo format) => new()
    {
        Months = format.MonthNames,
        GenitiveMonths = format.MonthGenitiveNames,
        ShortMonths = format.AbbreviatedMonthNames,
        Days = format.DayNames,
        ShortDays = format.AbbreviatedDayNames,
    };
}
