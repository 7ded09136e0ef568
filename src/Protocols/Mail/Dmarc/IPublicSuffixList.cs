namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Knows under which names the public registers domains (publicsuffix.org).</summary>
public interface IPublicSuffixList
{
    /// <summary>
    /// The organizational domain (RFC 7489 §3.2): the public suffix plus one label. The domain itself if it is a public suffix.
    /// </summary>
    /// <param name="domain">Lower-case A-labels without a trailing dot.</param>
    string OrganizationalDomainOf(string domain);
}
