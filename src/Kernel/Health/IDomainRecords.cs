namespace Plenum.Kernel.Health;

/// <summary>A DNS record a mail domain needs so that the world finds and believes a service.</summary>
/// <param name="Name">Owner name without the trailing dot, e.g. "s2026._domainkey.example.org".</param>
/// <param name="Type">"A", "AAAA", "MX", "TXT", "SRV" or "CNAME".</param>
/// <param name="Value">As a zone file has it, host names without the trailing dot; text of TXT unquoted and in one piece.</param>
/// <param name="Purpose">For the comment above it; key of Texts.</param>
public sealed record WantedRecord(string Name, string Type, string Value, string Purpose)
{
    /// <summary>The service works without it.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A module that needs records in the zones of our domains: DKIM keys, service locations (SRV) …</summary>
public interface IDomainRecords
{
    /// <param name="domain">A mail domain of ours, in lower case with A-labels.</param>
    Task<IReadOnlyList<WantedRecord>> ForAsync(string domain, CancellationToken cancellation);
}
