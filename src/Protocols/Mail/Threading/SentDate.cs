using MimeKit.Utils;

namespace Plenum.Protocols.Mail.Threading;

/// <summary>The sent date of RFC 5256 §2.2.</summary>
public static class SentDate
{
    /// <summary>Reads the Date field. An unreadable time of day counts as midnight; no readable date means the internal date.</summary>
    /// <param name="date">The value of the field, if there is one.</param>
    /// <param name="internalDate">When the message arrived.</param>
    public static DateTimeOffset Read(string? date, DateTimeOffset internalDate)
    {
        if (date is null)
        {
            return internalDate;
        }

        if (DateUtils.TryParse(date, out var sent))
        {
            return sent.ToUniversalTime();
        }

        var words = date.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var day = string.Join(' ', words.TakeWhile(word => !word.Contains(':', StringComparison.Ordinal)));
        return DateUtils.TryParse(day + " 00:00:00 +0000", out sent) ? sent : internalDate;
    }
}
