using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>A record as published at _dmarc.DOMAIN (RFC 7489 §6.3, and the tags np, psd and t of its successor DMARCbis).</summary>
public sealed record DmarcRecord
{
    public required DmarcPolicy Policy { get; init; }

    /// <summary>sp=: for subdomains; null means <see cref="Policy"/>.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>np=: for subdomains that do not exist (RFC 9091 §4); null means the subdomains' policy.</summary>
    public DmarcPolicy? NonexistentPolicy { get; init; }

    /// <summary>adkim=s</summary>
    public bool IsDkimStrict { get; init; }

    /// <summary>aspf=s</summary>
    public bool IsSpfStrict { get; init; }

    /// <summary>pct=, 0 to 100: on how much of the failing mail the policy is applied.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>t=y: apply the next weaker policy (DMARCbis).</summary>
    public bool IsTesting { get; init; }

    /// <summary>psd=: 'y' a public suffix, 'n' an organizational domain, 'u' unknown (DMARCbis).</summary>
    public char PublicSuffix { get; init; } = 'u';

    /// <summary>ri=: seconds between aggregate reports.</summary>
    public int ReportInterval { get; init; } = 86400;

    /// <summary>fo=: when to send failure reports: 0, 1, d, s.</summary>
    public string FailureOptions { get; init; } = "0";

    /// <summary>rua=</summary>
    public IReadOnlyList<DmarcReportUri> AggregateReports { get; init; } = [];

    /// <summary>ruf=</summary>
    public IReadOnlyList<DmarcReportUri> FailureReports { get; init; } = [];

    /// <summary>Reads a TXT record. False if it is none of DMARC's, or useless by RFC 7489 §6.6.3 steps 2 and 6.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DmarcRecord? record)
    {
        record = null;
        if (!TagList.TryParse(text, out var tags) || tags.Tags[0] is not { Key: "v", Value: "DMARC1" }) // RFC 7489 §6.3: v= comes first.
        {
            return false;
        }

        var reports = DmarcReportUri.ReadList(tags["rua"]);
        var isGood = TryReadPolicy(tags["p"], out var policy)
            & (tags["sp"] is null | TryReadPolicy(tags["sp"], out var subdomains))
            & (tags["np"] is null | TryReadPolicy(tags["np"], out var nonexistent));
        if (!isGood && reports.Count == 0)
        {
            return false;
        }

        record = new DmarcRecord
        {
            // RFC 7489 §6.6.3 step 6: without a usable p or sp, but with somebody who wants reports, it is p=none.
            Policy = isGood ? policy : DmarcPolicy.None,
            SubdomainPolicy = isGood && tags["sp"] is not null ? subdomains : null,
            NonexistentPolicy = isGood && tags["np"] is not null ? nonexistent : null,
            IsDkimStrict = Is(tags["adkim"], "s"),
            IsSpfStrict = Is(tags["aspf"], "s"),
            Percent = ReadNumber(tags["pct"], 100, 100),
            IsTesting = Is(tags["t"], "y"),
            PublicSuffix = Is(tags["psd"], "y") ? 'y' : Is(tags["psd"], "n") ? 'n' : 'u',
            ReportInterval = ReadNumber(tags["ri"], 86400, int.MaxValue),
            FailureOptions = tags["fo"] ?? "0",
            AggregateReports = reports,
            FailureReports = DmarcReportUri.ReadList(tags["ruf"]),
        };
        return true;
    }

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    private static bool TryReadPolicy(string? value, out DmarcPolicy policy)
    {
        policy = Is(value, "reject") ? DmarcPolicy.Reject : Is(value, "quarantine") ? DmarcPolicy.Quarantine : DmarcPolicy.None;
        return policy is not DmarcPolicy.None || Is(value, "none");
    }

    private static int ReadNumber(string? value, int otherwise, int max)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : otherwise;
}
