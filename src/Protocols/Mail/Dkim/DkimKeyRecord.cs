using System.Diagnostics.CodeAnalysis;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>A key record as published at SELECTOR._domainkey.DOMAIN (RFC 6376 §3.6.1, RFC 8463 §4).</summary>
public sealed record DkimKeyRecord
{
    /// <summary>k=; "rsa" if absent.</summary>
    public string KeyType { get; init; } = "rsa";

    /// <summary>p=, decoded; empty if the key was withdrawn.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>n=: a note for people.</summary>
    public string? Notes { get; init; }

    /// <summary>t=y</summary>
    public bool IsTesting { get; init; }

    /// <summary>t=s: i= must be exactly d=.</summary>
    public bool ForbidsSubdomains { get; init; }

    /// <summary>h= allows SHA-256.</summary>
    public bool AllowsSha256 { get; init; } = true;

    /// <summary>s= is "*" or names "email".</summary>
    public bool AllowsEmail { get; init; } = true;

    public bool IsRevoked => PublicKey.IsEmpty;

    /// <summary>Reads a TXT record. False if it is none of DKIM's, or broken.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DkimKeyRecord? record)
    {
        record = null;
        if (!TagList.TryParse(text, out var tags)
            || (tags["v"] is not null && (tags["v"] is not "DKIM1" || tags.Tags[0].Key != "v")) // RFC 6376 §3.6.1: v= comes first.
            || tags["p"] is not { } key || !TagList.TryDecodeBase64(key, out var publicKey))
        {
            return false;
        }

        var flags = Split(tags["t"]);
        record = new DkimKeyRecord
        {
            KeyType = tags["k"] ?? "rsa",
            PublicKey = publicKey,
            Notes = tags["n"],
            IsTesting = flags.Contains("y"),
            ForbidsSubdomains = flags.Contains("s"),
            AllowsSha256 = tags["h"] is null || Split(tags["h"]).Contains("sha256"),
            AllowsEmail = tags["s"] is null || Split(tags["s"]) is var services && (services.Contains("*") || services.Contains("email")),
        };
        return true;
    }

    private static string[] Split(string? list) => TagList.Squeeze(list ?? "").Split(':');
}
