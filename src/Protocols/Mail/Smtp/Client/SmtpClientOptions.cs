namespace Plenum.Protocols.Mail.Smtp;

/// <summary>How a client introduces itself and how long it waits (RFC 5321 §4.5.3.2).</summary>
public sealed record SmtpClientOptions
{
    /// <summary>Our name in EHLO: should equal what our address points back to.</summary>
    public required string HelloName { get; init; }

    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromMinutes(5); // §4.5.3.2.1

    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5); // §4.5.3.2.2, .3

    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3); // §4.5.3.2.5, per block

    /// <summary>Until the reply to the final dot: giving up earlier makes duplicates (RFC 1047).</summary>
    public TimeSpan FinalTimeout { get; init; } = TimeSpan.FromMinutes(10); // §4.5.3.2.6

    /// <summary>Recipients per transaction when the server names no limit (§4.5.3.1.8: it must take 100).</summary>
    public int MaxRecipients { get; init; } = 100;
}
