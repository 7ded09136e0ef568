namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What a server offers and how much it bears.</summary>
public sealed record SmtpServerOptions
{
    /// <summary>Our name, in the greeting and in EHLO.</summary>
    public required string HostName { get; init; }

    /// <summary>Largest message in octets, as sent (RFC 1870).</summary>
    public long MaxMessageBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Recipients per transaction; RFC 5321 §4.5.3.1.8 wants 100 at least.</summary>
    public int MaxRecipients { get; init; } = 1_000;

    /// <summary>Refused commands after which the connection is closed.</summary>
    public int MaxErrors { get; init; } = 20; // smtpd_hard_error_limit of Postfix.

    /// <summary>Failed sign-ins after which the connection is closed.</summary>
    public int MaxSignInFailures { get; init; } = 3;

    /// <summary>Commands that carry no mail (NOOP, RSET, VRFY …) after which the connection is closed.</summary>
    public int MaxIdleCommands { get; init; } = 100; // smtpd_junk_command_limit of Postfix.

    /// <summary>Longest command line in octets, CRLF included. RFC 5321 §4.5.3.1.4 says 512; MAIL's extensions add up to 1,400.</summary>
    public int MaxLineLength { get; init; } = 2_048;

    /// <summary>Longest line of a sign-in in octets (RFC 4954 §4 wants 12,288 at least).</summary>
    public int MaxSignInLineLength { get; init; } = 90_000; // A bearer token of 64 kB in base64.

    public bool OffersStartTls { get; init; }

    /// <summary>TLS is on from the first octet (RFC 8314 §3.3).</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>A submission port: no mail before TLS and sign-in (RFC 6409 §4.3).</summary>
    public bool RequiresSignIn { get; init; }

    /// <summary>Mechanisms offered once TLS is on, the best first; empty for a port without sign-in.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>How long the server waits for a command (RFC 5321 §4.5.3.2.7).</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server waits for more of a message; RFC 5321 §4.5.3.2.5 gives clients three minutes between blocks.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3);
}
