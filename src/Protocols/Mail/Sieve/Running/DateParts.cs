using System.Globalization;
using MimeKit.Utils;

namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>Parts of a date (RFC 5260 §4.2).</summary>
internal static class DateParts
{
    private static readonly DateTime ModifiedJulianStart = new(1858, 11, 17, 0, 0, 0, DateTimeKind.Unspecified);

    public static bool IsPart(string part) => part is "year" or "month" or "day" or "date" or "julian" or "hour" or "minute" or "second"
        or "time" or "iso8601" or "std11" or "zone" or "weekday";

    /// <param name="part">In lower case.</param>
    public static string Of(DateTimeOffset date, string part) => part switch
    {
        "year" => date.ToString("yyyy", CultureInfo.InvariantCulture),
        "month" => date.ToString("MM", CultureInfo.InvariantCulture),
        "day" => date.ToString("dd", CultureInfo.InvariantCulture),
        "date" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "julian" => (date.Date - ModifiedJulianStart).Days.ToString(CultureInfo.InvariantCulture),
        "hour" => date.ToString("HH", CultureInfo.InvariantCulture),
        "minute" => date.ToString("mm", CultureInfo.InvariantCulture),
        "second" => date.ToString("ss", CultureInfo.InvariantCulture),
        "time" => date.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        "iso8601" => date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        "std11" => date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Zone(date),
        "zone" => Zone(date),
        _ => ((int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reads the date of a field; of fields such as Received what follows the last semicolon.</summary>
    public static bool TryRead(string value, out DateTimeOffset date)
        => DateUtils.TryParse(value[(value.LastIndexOf(';') + 1)..].Trim(), out date);

    /// <summary>time-zone = ( "+" / "-" ) 4DIGIT</summary>
    public static bool TryReadZone(string text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length != 5 || text[0] is not ('+' or '-') || !int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            || digits % 100 > 59 || digits > 1400)
        {
            return false;
        }

        offset = new TimeSpan(digits / 100, digits % 100, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static string Zone(DateTimeOffset date) => date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
