using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The trace field a server puts on top (RFC 5321 §4.4).</summary>
public sealed record ReceivedField
{
    /// <summary>Name given in EHLO.</summary>
    public required string HelloName { get; init; }

    /// <summary>Null leaves it out: where a member writes from is not for everybody.</summary>
    public IPAddress? Client { get; init; }

    /// <summary>Name the client's address points to and that points back; null if there is none.</summary>
    public string? ClientName { get; init; }

    /// <summary>Our own name.</summary>
    public required string By { get; init; }

    public bool IsExtended { get; init; }

    public bool IsEncrypted { get; init; }

    public bool IsSignedIn { get; init; }

    public bool IsUtf8 { get; init; }

    /// <summary>TLS version and cipher suite for a comment, e.g. "TLS1.3 TLS_AES_256_GCM_SHA384"; null without TLS.</summary>
    public string? Cipher { get; init; }

    /// <summary>Our name of the transaction.</summary>
    public required string Id { get; init; }

    /// <summary>The only recipient; null where there are more, so that none learns of another (RFC 5321 §7.6).</summary>
    public string? For { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The "with" word (RFC 3848; RFC 6531 §4.3): ESMTPSA, UTF8SMTPS and so on.</summary>
    public string Protocol
        => !IsExtended ? "SMTP" : (IsUtf8 ? "UTF8SMTP" : "ESMTP") + (IsEncrypted ? "S" : "") + (IsSignedIn ? "A" : "");

    /// <summary>The whole field with its line end, folded.</summary>
    public string Write()
    {
        var field = new StringBuilder("Received: from ").Append(Atom(HelloName))
            .Append(Client is null ? "" : $" ({(ClientName is null ? "" : Atom(ClientName) + " ")}{Literal(Client)})")
            .Append(CultureInfo.InvariantCulture, $"\r\n\tby {Atom(By)} with {Protocol}");
        if (Cipher is not null)
        {
            field.Append(CultureInfo.InvariantCulture, $" ({Comment(Cipher)})");
        }

        field.Append(CultureInfo.InvariantCulture, $"\r\n\tid {Atom(Id)}");
        if (For is not null)
        {
            field.Append(CultureInfo.InvariantCulture, $" for <{For}>");
        }

        return field.Append(CultureInfo.InvariantCulture, $";\r\n\t{At:ddd, dd MMM yyyy HH':'mm':'ss} {Zone(At.Offset)}\r\n").ToString();
    }

    private static string Literal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{plain}]" : $"[{plain}]";
    }

    private static string Zone(TimeSpan offset)
        => string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{Math.Abs(offset.Minutes):00}");

    // A stranger chose these words: whatever could end the field or open a comment becomes "?".
    private static string Atom(string text)
        => text.Length == 0 ? "unknown" : string.Concat(text.Take(255).Select(c => char.IsAsciiLetterOrDigit(c) || ".-_[]:".Contains(c, StringComparison.Ordinal) || c > '\x9F' ? c : '?'));

    private static string Comment(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\') ? c : '?'));
}
