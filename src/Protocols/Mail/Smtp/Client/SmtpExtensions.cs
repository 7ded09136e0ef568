using System.Globalization;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What a server said it can do, in its answer to EHLO (RFC 5321 §4.1.1.1).</summary>
public sealed record SmtpExtensions
{
    /// <summary>Nothing: the server only knows HELO.</summary>
    public static SmtpExtensions None { get; } = new();

    public bool HasPipelining { get; init; }

    public bool HasEightBit { get; init; }

    public bool HasUtf8 { get; init; }

    public bool HasDsn { get; init; }

    public bool HasStartTls { get; init; }

    public bool HasSize { get; init; }

    /// <summary>Largest message it takes, in octets; null if it did not say or set no limit (RFC 1870 §4).</summary>
    public long? MaxSize { get; init; }

    /// <summary>Most recipients it takes in a transaction (RFC 9422); null if it did not say.</summary>
    public int? MaxRecipients { get; init; }

    /// <summary>SASL mechanisms, upper case.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Reads the lines after the first of a 250 to EHLO.</summary>
    public static SmtpExtensions Parse(SmtpReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var found = new SmtpExtensions();
        foreach (var line in reply.Lines.Skip(1))
        {
            var words = line.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            found = words switch
            {
                ["PIPELINING", ..] => found with { HasPipelining = true },
                ["8BITMIME", ..] => found with { HasEightBit = true },
                ["SMTPUTF8", ..] => found with { HasUtf8 = true },
                ["DSN", ..] => found with { HasDsn = true },
                ["STARTTLS", ..] => found with { HasStartTls = true },
                ["SIZE", .. var rest] => found with { HasSize = true, MaxSize = rest is [var size] && Number(size) is > 0 and var max ? max : null },
                ["LIMITS", .. var limits] => found with { MaxRecipients = (int?)limits.Select(RecipientLimit).FirstOrDefault(l => l is not null) },
                ["AUTH", .. var mechanisms] => found with { Mechanisms = mechanisms },
                _ => found,
            };
        }

        return found;
    }

    private static long? RecipientLimit(string word)
        => word.StartsWith("RCPTMAX=", StringComparison.Ordinal) && Number(word["RCPTMAX=".Length..]) is > 0 and <= 1_000_000 and var max ? max : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
