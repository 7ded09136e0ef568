namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>One method's outcome (RFC 8601 §2.2 resinfo), e.g. dkim=pass header.d=example.org.</summary>
/// <param name="Method">dkim, spf, dmarc, arc, iprev, auth …; lower case.</param>
/// <param name="Result">pass, fail, none …; lower case.</param>
/// <param name="Properties">What was looked at.</param>
public sealed record MethodResult(string Method, string Result, IReadOnlyList<ResultProperty> Properties)
{
    /// <summary>A word on why, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>method/version; 1 if absent.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The first value of a property such as "header.d", or null.</summary>
    public string? this[string property]
    {
        get
        {
            foreach (var one in Properties)
            {
                if (property.Equals($"{one.Type}.{one.Name}", StringComparison.OrdinalIgnoreCase))
                {
                    return one.Value;
                }
            }

            return null;
        }
    }

    internal IEnumerable<string> Words()
    {
        yield return Version == 1 ? $"{Method}={Result}" : $"{Method}/{Version}={Result}";
        if (Reason is not null)
        {
            yield return $"reason={AuthResultsText.Quoted(Reason)}";
        }

        foreach (var property in Properties)
        {
            yield return $"{property.Type}.{property.Name}={AuthResultsText.PropertyValue(property.Value)}";
        }
    }
}
