using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>MAIL and RCPT with the parameters a server understands.</summary>
internal static class SmtpCommandText
{
    public static string Mail(SmtpTransaction transaction, SmtpExtensions extensions)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"MAIL FROM:<{Address(transaction.ReversePath, extensions)}>");
        if (extensions.HasSize)
        {
            line.Append(CultureInfo.InvariantCulture, $" SIZE={transaction.Size}");
        }

        if (extensions.HasEightBit && transaction.IsEightBit)
        {
            line.Append(" BODY=8BITMIME");
        }

        if (extensions.HasUtf8 && transaction.IsUtf8)
        {
            line.Append(" SMTPUTF8");
        }

        if (extensions.HasDsn && transaction.Return is not DsnReturn.Unspecified)
        {
            line.Append(" RET=" + DsnParameters.Format(transaction.Return));
        }

        if (extensions.HasDsn && transaction.EnvelopeId is { } id)
        {
            line.Append(CultureInfo.InvariantCulture, $" ENVID={Xtext.Encode(id)}");
        }

        return line.ToString();
    }

    public static string Recipient(SmtpDestination recipient, SmtpExtensions extensions)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"RCPT TO:<{Address(recipient.Address, extensions)}>");
        if (extensions.HasDsn && recipient.Notify is not DsnNotify.Unspecified)
        {
            line.Append(CultureInfo.InvariantCulture, $" NOTIFY={DsnParameters.Format(recipient.Notify)}");
        }

        if (extensions.HasDsn && recipient.OriginalRecipient is { } original)
        {
            line.Append(CultureInfo.InvariantCulture, $" ORCPT={original.ToOrcpt()}");
        }

        return line.ToString();
    }

    // A domain always has an ASCII form; a local part never does (RFC 6531 §3.2): whoever sends decides before that it may go.
    private static string Address(string address, SmtpExtensions extensions)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && !extensions.HasUtf8 && DomainName.TryNormalize(address[(at + 1)..], out var domain) ? $"{address[..at]}@{domain}" : address;
    }
}
