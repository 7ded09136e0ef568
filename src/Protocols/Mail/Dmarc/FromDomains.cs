using MimeKit;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>The domains a message claims to be from (RFC 7489 §6.6.1).</summary>
public static class FromDomains
{
    /// <summary>Authors beyond this make the message unusable; RFC 5322 knows no limit, real mail has one or two.</summary>
    public const int MaxDomains = 5;

    /// <summary>Reads the From field.</summary>
    /// <returns>False if there is no From field, more than one, no readable address in it, or too many domains: such mail should be refused.</returns>
    public static bool TryRead(HeaderBlock header, out IReadOnlyList<string> domains)
    {
        ArgumentNullException.ThrowIfNull(header);
        domains = [];
        var positions = header.PositionsOf("From");
        if (positions.Count != 1
            || !InternetAddressList.TryParse(header.Fields[positions[0]].RawValue.ToArray(), out var addresses))
        {
            return false;
        }

        var found = new List<string>();
        foreach (var mailbox in addresses.Mailboxes)
        {
            if (!DomainName.TryNormalize(mailbox.Domain, out var domain))
            {
                return false;
            }

            if (!found.Contains(domain))
            {
                found.Add(domain);
            }
        }

        domains = found;
        return found.Count is > 0 and <= MaxDomains;
    }
}
