namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>Reads names of mailboxes: modified UTF-7, or UTF-8 where the client has enabled it (RFC 9051 §5.1, RFC 6855 §3).</summary>
/// <param name="acceptsUtf8">Then "&amp;" is a letter like others.</param>
internal sealed class MailboxNames(bool acceptsUtf8)
{
    public string Read(ref ImapScanner scanner) => Decode(scanner.AString(), ref scanner);

    public string ReadPattern(ref ImapScanner scanner) => Decode(scanner.Pattern(), ref scanner);

    private string Decode(string name, ref ImapScanner scanner)
    {
        if (acceptsUtf8)
        {
            if (name.Any(char.IsControl))
            {
                scanner.Fail("A mailbox name has control characters.");
            }

            return name;
        }

        if (ModifiedUtf7.TryDecode(name, out var decoded))
        {
            return decoded;
        }

        scanner.Fail("A mailbox name is not modified UTF-7.");
        return "";
    }
}
