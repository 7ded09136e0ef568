using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>Dates of other calendars, for the codes xi (Iran), xm (Hijri), xj (Hebrew), xk (Thai), xo (Minguo), xt (Japan).</summary>
internal static class CalendarText
{
    private const int ThaiOffset = 543;
    private const int MinguoOffset = -1911;

    private static readonly PersianCalendar s_persian = new();
    private static readonly HijriCalendar s_hijri = new() { HijriAdjustment = -1 }; // MediaWiki counts from the civil epoch, one day later.
    private static readonly HebrewCalendar s_hebrew = new();

    private static readonly string[] s_persianMonths =
        ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"];

    private static readonly string[] s_hijriMonths =
    [
        "Muharram", "Safar", "Rabi' al-awwal", "Rabi' al-thani", "Jumada al-awwal", "Jumada al-thani", "Rajab", "Sha'aban", "Ramadan", "Shawwal",
        "Dhu al-Qi'dah", "Dhu al-Hijjah",
    ];

    private static readonly string[] s_hebrewMonths =
        ["Tishrei", "Cheshvan", "Kislev", "Tevet", "Shevat", "Adar", "Nisan", "Iyar", "Sivan", "Tamuz", "Av", "Elul"];

    /// <summary>Reads a part of a date in another calendar.</summary>
    /// <param name="calendar">Letter after the x.</param>
    /// <param name="code">Letter of the part: j, n, F, Y, y, t, z, x.</param>
    /// <param name="number">The part as a number, if <paramref name="name"/> is null.</param>
    /// <returns>False if there is no such code, or the calendar does not reach that date.</returns>
    public static bool TryRead(char calendar, char code, DateTime date, out long number, out string? name)
    {
        number = 0;
        name = null;
        switch (calendar, code)
        {
            case ('k', 'Y'):
                number = date.Year + ThaiOffset;
                return true;
            case ('o', 'Y'):
                number = date.Year + MinguoOffset;
                return true;
            case ('t', 'Y'):
                return TryReadEra(date, out number, out name);
            case ('i', _) when IsIn(s_persian, date):
                return TryReadPart(s_persian, code, date, s_persianMonths, out number, out name);
            case ('m', _) when IsIn(s_hijri, date):
                return TryReadPart(s_hijri, code, date, s_hijriMonths, out number, out name);
            case ('j', _) when IsIn(s_hebrew, date):
                return TryReadHebrew(code, date, out number, out name);
            default:
                return false;
        }
    }

    private static bool IsIn(Calendar calendar, DateTime date) => date >= calendar.MinSupportedDateTime && date <= calendar.MaxSupportedDateTime;

    private static bool TryReadPart(Calendar calendar, char code, DateTime date, string[] months, out long number, out string? name)
    {
        name = code == 'F' ? months[calendar.GetMonth(date) - 1] : null;
        number = code switch
        {
            'j' => calendar.GetDayOfMonth(date),
            'n' => calendar.GetMonth(date),
            'Y' => calendar.GetYear(date),
            'y' => calendar.GetYear(date) % 100,
            't' => calendar.GetDaysInMonth(calendar.GetYear(date), calendar.GetMonth(date)),
            'z' => calendar.GetDayOfYear(date) - 1,
            _ => -1,
        };
        return name is not null || number >= 0;
    }

    /// <summary>In a leap year Adar is there twice; MediaWiki numbers the two 13 and 14.</summary>
    private static bool TryReadHebrew(char code, DateTime date, out long number, out string? name)
    {
        var month = s_hebrew.GetMonth(date);
        var isLeap = s_hebrew.IsLeapYear(s_hebrew.GetYear(date));
        var numbered = !isLeap || month < 6 ? month : month switch { 6 => 13, 7 => 14, _ => month - 1 };
        name = code is 'F' or 'x' ? numbered switch { 13 => "Adar I", 14 => "Adar II", _ => s_hebrewMonths[numbered - 1] } : null;
        number = code switch
        {
            'j' => s_hebrew.GetDayOfMonth(date),
            'n' => numbered,
            'Y' => s_hebrew.GetYear(date),
            't' => s_hebrew.GetDaysInMonth(s_hebrew.GetYear(date), month),
            _ => -1,
        };
        return name is not null || number >= 0;
    }

    /// <summary>Years of the Japanese eras; the first year is written 元.</summary>
    private static bool TryReadEra(DateTime date, out long number, out string? name)
    {
        var (era, first) = ((date.Year * 10000) + (date.Month * 100) + date.Day) switch
        {
            >= 20190501 => ("令和", 2019),
            >= 19890108 => ("平成", 1989),
            >= 19261225 => ("昭和", 1926),
            >= 19120730 => ("大正", 1912),
            >= 18730101 => ("明治", 1868),
            _ => ("西暦", 1),
        };
        var year = date.Year - first + 1;
        number = 0;
        name = era + (year == 1 && first > 1 ? "元" : year.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}
