using System.Text;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>One header field exactly as it stands in the message: signatures are over octets, not over meanings.</summary>
/// <param name="Name">The field name without blanks; empty if the line has no colon.</param>
/// <param name="Raw">The field from its first octet to the last before the final line end, folding included.</param>
public readonly record struct HeaderField(string Name, ReadOnlyMemory<byte> Raw)
{
    /// <summary>What follows the colon, folding included.</summary>
    public ReadOnlyMemory<byte> RawValue => Name.Length == 0 ? default : Raw[(Raw.Span.IndexOf((byte)':') + 1)..];

    /// <summary>The value as text: UTF-8 (RFC 6532), line ends removed, blanks around it removed.</summary>
    public string Value => Encoding.UTF8.GetString(RawValue.Span)
        .Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim(' ', '\t');

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
