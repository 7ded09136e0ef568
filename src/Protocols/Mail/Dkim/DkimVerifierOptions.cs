namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Where RFC 6376 leaves verifiers a choice.</summary>
public sealed record DkimVerifierOptions
{
    /// <summary>
    /// Signatures looked at per message, the topmost first; the rest is <see cref="DkimProblem.TooManySignatures"/>. Each costs a DNS question
    /// and a verification, so a message could make us a tool against a name server (RFC 6376 §8.4). Real mail has up to five.
    /// </summary>
    public int MaxSignatures { get; init; } = 8;

    /// <summary>
    /// Let a signature pass whose l= leaves the end of the body open. Off: such a signature is <see cref="DkimResult.Policy"/>, because
    /// anybody may append to the body (RFC 6376 §8.2). An l= that covers the whole body never matters.
    /// </summary>
    public bool AcceptsPartlySignedBody { get; init; }

    /// <summary>How far t= may lie ahead of our clock; a clock set to the wrong zone is at most 14 hours off.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromHours(14);
}
