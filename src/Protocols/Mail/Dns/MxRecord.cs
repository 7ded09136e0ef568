namespace Plenum.Protocols.Mail.Dns;

/// <summary>A mail exchanger (RFC 5321 §5.1): lower preferences are tried first.</summary>
/// <param name="Exchange">Host name without the trailing dot; "." says the domain takes no mail (RFC 7505).</param>
public sealed record MxRecord(int Preference, string Exchange)
{
    /// <summary>RFC 7505 §3: a single MX of "." means "no mail here".</summary>
    public bool IsNull => Exchange is "." or "";
}
