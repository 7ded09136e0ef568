using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>One address a bounce is about.</summary>
/// <param name="Address">The address the sender had used, as far as the bounce tells; else the one it was forwarded to.</param>
/// <param name="Reason">Why.</param>
public sealed record BouncedRecipient(string Address, BounceReason Reason)
{
    /// <summary>Follows from the reason.</summary>
    public BounceClass Class => BounceReasons.ClassOf(Reason);

    /// <summary>The address in the envelope when delivery failed, if it differs from <see cref="Address"/>.</summary>
    public string? FinalAddress { get; init; }

    /// <summary>Enhanced status code (RFC 3463), if one was given.</summary>
    public EnhancedStatusCode? Status { get; init; }

    /// <summary>Delivery goes on: the bounce is only a warning.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>What the other side said, blanks collapsed, at most 500 characters.</summary>
    public string Diagnostic { get; init; } = "";
}
