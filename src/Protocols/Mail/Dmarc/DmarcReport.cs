namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>
/// An aggregate report (RFC 7489 §7.2, Appendix C, and its successor RFC 9990): what a receiver saw of a domain's mail in a span of time.
/// </summary>
public sealed record DmarcReport
{
    public string OrgName { get; init; } = "";

    public string Email { get; init; } = "";

    public string? ExtraContact { get; init; }

    public string ReportId { get; init; } = "";

    /// <summary>The program that made the report (RFC 9990); null if not told.</summary>
    public string? Generator { get; init; }

    public DateTimeOffset Begin { get; init; }

    public DateTimeOffset End { get; init; }

    /// <summary>Trouble the receiver had.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The domain the report is about.</summary>
    public string Domain { get; init; } = "";

    /// <summary>adkim=: "r" or "s"; null if not said.</summary>
    public string? DkimAlignment { get; init; }

    /// <summary>aspf=</summary>
    public string? SpfAlignment { get; init; }

    public DmarcPolicy Policy { get; init; }

    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>np= (RFC 9990): for names that do not exist.</summary>
    public DmarcPolicy? NonexistentPolicy { get; init; }

    /// <summary>pct=; gone from RFC 9990.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>t=y (RFC 9990).</summary>
    public bool IsTesting { get; init; }

    /// <summary>How the record was found: "psl" or "treewalk" (RFC 9990); null if not told.</summary>
    public string? DiscoveryMethod { get; init; }

    public string? FailureOptions { get; init; }

    public IReadOnlyList<DmarcReportRow> Rows { get; init; } = [];

    /// <summary>Messages in all rows.</summary>
    public long MessageCount => Rows.Sum(row => (long)row.Count);
}
