using System.Diagnostics.CodeAnalysis;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.TlsRpt;

/// <summary>The TXT record at _smtp._tls.DOMAIN (RFC 8460 §3): where reports about TLS to that domain go.</summary>
/// <param name="Destinations">mailto: and https: addresses.</param>
public sealed record TlsRptRecord(IReadOnlyList<Uri> Destinations)
{
    /// <summary>Reads a TXT record.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TlsRptRecord? record)
    {
        record = null;
        if (!TagList.TryParse(text, out var tags) || tags.Tags[0] is not { Key: "v", Value: "TLSRPTv1" } || tags["rua"] is not { } list)
        {
            return false;
        }

        var uris = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => Uri.TryCreate(entry, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" ? uri : null)
            .OfType<Uri>().ToArray();
        record = uris.Length > 0 ? new TlsRptRecord(uris) : null;
        return record is not null;
    }
}
