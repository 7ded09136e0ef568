namespace Plenum.Protocols.Mail.Spf;

/// <summary>The outcome of a check.</summary>
/// <param name="Identity">Which name was checked.</param>
/// <param name="Domain">The checked domain.</param>
public sealed record SpfVerdict(SpfResult Result, SpfIdentity Identity, string Domain)
{
    /// <summary>The term that matched, as it stands in the record; null if none did.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The domain's own words for a <see cref="SpfResult.Fail"/> (exp=, RFC 7208 §6.2): ASCII from a stranger, show it as a quotation.</summary>
    public string? Explanation { get; init; }

    /// <summary>What is wrong, for <see cref="SpfResult.TempError"/> and <see cref="SpfResult.PermError"/>: one English sentence for logs.</summary>
    public string? Problem { get; init; }
}
