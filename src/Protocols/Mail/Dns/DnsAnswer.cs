namespace Plenum.Protocols.Mail.Dns;

/// <summary>The answer to one DNS question.</summary>
/// <param name="Status">How the question ended.</param>
/// <param name="Records">The records; empty unless <see cref="DnsStatus.Found"/>.</param>
/// <param name="TimeToLive">How long the answer may be kept; for negative answers the SOA's minimum (RFC 2308 §5). Zero if unknown.</param>
public sealed record DnsAnswer<T>(DnsStatus Status, IReadOnlyList<T> Records, TimeSpan TimeToLive)
{
    public bool IsFound => Status is DnsStatus.Found;

    /// <summary>A "void lookup" (RFC 7208 §4.6.4): a sure answer that holds nothing.</summary>
    public bool IsVoid => Status is DnsStatus.NoData or DnsStatus.NxDomain;
}

/// <summary>Makes answers.</summary>
public static class DnsAnswer
{
    /// <summary>Found with these records, or NoData if there are none.</summary>
    public static DnsAnswer<T> Of<T>(IReadOnlyList<T> records, TimeSpan timeToLive = default)
        => new(records.Count > 0 ? DnsStatus.Found : DnsStatus.NoData, records, timeToLive);

    public static DnsAnswer<T> NoData<T>(TimeSpan timeToLive = default) => new(DnsStatus.NoData, [], timeToLive);

    public static DnsAnswer<T> NxDomain<T>(TimeSpan timeToLive = default) => new(DnsStatus.NxDomain, [], timeToLive);

    public static DnsAnswer<T> TempFail<T>() => new(DnsStatus.TempFail, [], TimeSpan.Zero);
}
