namespace Plenum.Protocols.Mail.TlsRpt;

/// <summary>A TLS report (RFC 8460 §4): how a sender fared with TLS to our hosts in a span of time.</summary>
public sealed record TlsReport
{
    public string OrganizationName { get; init; } = "";

    public DateTimeOffset Begin { get; init; }

    public DateTimeOffset End { get; init; }

    public string ContactInfo { get; init; } = "";

    public string ReportId { get; init; } = "";

    public IReadOnlyList<TlsReportPolicy> Policies { get; init; } = [];
}

/// <summary>Results under one policy.</summary>
/// <param name="Type">tlsa, sts or no-policy-found.</param>
/// <param name="Text">The policy's lines as the sender saw them.</param>
/// <param name="Domain">The domain the mail was for.</param>
/// <param name="Successes">Sessions with TLS as the policy demands.</param>
/// <param name="Failures">Sessions without.</param>
public sealed record TlsReportPolicy(
    string Type, IReadOnlyList<string> Text, string Domain, IReadOnlyList<string> MxHosts, long Successes, long Failures,
    IReadOnlyList<TlsReportFailure> Details);

/// <summary>A kind of failure with its count (RFC 8460 §4.3, §4.4).</summary>
/// <param name="ResultType">E.g. starttls-not-supported, certificate-expired, sts-policy-invalid.</param>
public sealed record TlsReportFailure(string ResultType, long Sessions)
{
    public string? SendingAddress { get; init; }

    public string? ReceivingHost { get; init; }

    public string? ReceivingHelo { get; init; }

    public string? ReceivingAddress { get; init; }

    public string? ReasonCode { get; init; }

    /// <summary>A URI with more, or free text.</summary>
    public string? AdditionalInformation { get; init; }
}
