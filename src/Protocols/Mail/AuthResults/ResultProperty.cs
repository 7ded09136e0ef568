namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>ptype "." property "=" value (RFC 8601 §2.2, §2.3), e.g. smtp.mailfrom=ada@example.org.</summary>
/// <param name="Type">smtp, header, body or policy.</param>
public sealed record ResultProperty(string Type, string Name, string Value);
