using System.Net;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Messages of one source with one outcome (RFC 7489 Appendix C recordType).</summary>
public sealed record DmarcReportRow
{
    /// <summary>The client's address; null if the reporter wrote none that can be read.</summary>
    public IPAddress? SourceAddress { get; init; }

    public int Count { get; init; }

    /// <summary>What was done with them.</summary>
    public DmarcPolicy Disposition { get; init; }

    /// <summary>An aligned DKIM signature passed.</summary>
    public bool IsDkimAligned { get; init; }

    /// <summary>SPF passed aligned.</summary>
    public bool IsSpfAligned { get; init; }

    /// <summary>Why the disposition is not the policy: forwarded, sampled_out, trusted_forwarder, mailing_list, local_policy, other.</summary>
    public IReadOnlyList<DmarcOverride> Overrides { get; init; } = [];

    public string HeaderFrom { get; init; } = "";

    public string? EnvelopeFrom { get; init; }

    public string? EnvelopeTo { get; init; }

    public IReadOnlyList<DmarcReportAuth> Dkim { get; init; } = [];

    public IReadOnlyList<DmarcReportAuth> Spf { get; init; } = [];
}

/// <summary>PolicyOverrideReason of RFC 7489 Appendix C.</summary>
public sealed record DmarcOverride(string Type, string? Comment);

/// <summary>DKIMAuthResultType or SPFAuthResultType of RFC 7489 Appendix C.</summary>
/// <param name="Selector">DKIM only.</param>
/// <param name="Scope">SPF only: "mfrom" or "helo".</param>
/// <param name="Result">In the words of RFC 8601.</param>
public sealed record DmarcReportAuth(string Domain, string Result, string? Selector = null, string? Scope = null)
{
    /// <summary>What the reporter adds for people (human_result).</summary>
    public string? HumanResult { get; init; }
}
