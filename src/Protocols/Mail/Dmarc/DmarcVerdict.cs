namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>The outcome for one From domain.</summary>
/// <param name="FromDomain">Lower-case A-labels; empty if the message has none.</param>
public sealed record DmarcVerdict(DmarcResult Result, string FromDomain)
{
    /// <summary>Where the record was found; null without one.</summary>
    public string? PolicyDomain { get; init; }

    public DmarcRecord? Record { get; init; }

    /// <summary>The policy that applies to this From domain (p, sp or np), before sampling.</summary>
    public DmarcPolicy PublishedPolicy { get; init; }

    /// <summary>What the domain asks us to do with this message: <see cref="DmarcPolicy.None"/> unless it fails.</summary>
    public DmarcPolicy Disposition { get; init; }

    /// <summary>A DKIM signature passed and aligned.</summary>
    public bool IsDkimAligned { get; init; }

    /// <summary>SPF passed and aligned.</summary>
    public bool IsSpfAligned { get; init; }

    /// <summary>pct= or t= weakened the policy for this message (RFC 7489 §6.6.4).</summary>
    public bool IsSampledOut { get; init; }

    /// <summary>One English sentence for TempError and PermError.</summary>
    public string? Problem { get; init; }
}
