using System.Globalization;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Where reports go (RFC 7489 §6.3 rua=, ruf=).</summary>
/// <param name="Uri">E.g. mailto:dmarc@example.org.</param>
/// <param name="MaxOctets">"!10m" after the address; null for no limit.</param>
public sealed record DmarcReportUri(Uri Uri, long? MaxOctets)
{
    /// <summary>The mail address, or null if it is no mailto.</summary>
    public string? MailAddress => Uri.Scheme == Uri.UriSchemeMailto && Uri.UserInfo.Length > 0 ? $"{Uri.UserInfo}@{Uri.Host}" : null;

    /// <summary>Reads a comma-separated list; entries that are no URI are left out.</summary>
    internal static IReadOnlyList<DmarcReportUri> ReadList(string? list)
    {
        var uris = new List<DmarcReportUri>();
        foreach (var entry in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var bang = entry.LastIndexOf('!');
            long? size = null;
            if (bang >= 0 && !TryReadSize(entry[(bang + 1)..], out size))
            {
                continue;
            }

            if (Uri.TryCreate(bang < 0 ? entry : entry[..bang], UriKind.Absolute, out var uri))
            {
                uris.Add(new DmarcReportUri(uri, size));
            }
        }

        return uris;
    }

    /// <summary>RFC 7489 §6.4 dmarc-uri: digits and k, m, g or t, powers of 2^10.</summary>
    private static bool TryReadSize(string text, out long? octets)
    {
        octets = null;
        var shift = text.Length == 0 ? -1 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, 't' => 40, _ => 0 };
        var digits = shift > 0 ? text[..^1] : text;
        if (shift < 0 || digits.Length > 6 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        octets = number << shift;
        return true;
    }
}
