namespace Plenum.Protocols.Mail.Spf;

/// <summary>Limits that keep a hostile record from using us as a DNS cannon (RFC 7208 §4.6.4, §11.1). The defaults are the standard's.</summary>
public sealed record SpfLimits
{
    /// <summary>Terms that ask the DNS (include, a, mx, ptr, exists, redirect) in one check. Beyond: PermError.</summary>
    public int MaxLookupTerms { get; init; } = 10;

    /// <summary>Answers without records in one check. Beyond: PermError.</summary>
    public int MaxVoidLookups { get; init; } = 2;

    /// <summary>MX hosts of one "mx" whose addresses are asked. Beyond: PermError.</summary>
    public int MaxMxHosts { get; init; } = 10;

    /// <summary>PTR names of one address that are validated; the rest is ignored (RFC 7208 §5.5).</summary>
    public int MaxPtrNames { get; init; } = 10;

    /// <summary>Time for a whole check; then TempError. RFC 7208 §4.6.4 asks for at least 20 seconds.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Octets of an explanation after macros; longer ones are dropped: they go into a 550 reply.</summary>
    public int MaxExplanationLength { get; init; } = 500;
}
