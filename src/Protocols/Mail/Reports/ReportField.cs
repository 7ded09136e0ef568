namespace Plenum.Protocols.Mail.Reports;

/// <summary>A field of a machine-readable report part (RFC 3464 §2.1, RFC 5965 §3), unfolded and trimmed.</summary>
public readonly record struct ReportField(string Name, string Value)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
