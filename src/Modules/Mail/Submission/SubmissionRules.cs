using System.Globalization;
using System.Text;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Addresses;
using Plenum.Mail.Receiving;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Submission;

/// <summary>What a message submitted by a member must be, and what is completed in it (RFC 6409 §6, §8).</summary>
internal sealed class SubmissionRules(SenderRights rights, TimeProvider clock)
{
    /// <summary>Source of people's own mail in the queue.</summary>
    public const string Source = "submission";

    private static readonly SmtpReply NoAuthor = new(554, "5.6.0", "The message needs one From field with an address");

    /// <summary>Whether the account may send with this reverse path; null if so. The null path is for receipts and robots.</summary>
    public async ValueTask<SmtpReply?> RefuseReversePathAsync(SmtpPath path, AccountId account, CancellationToken cancellation)
        => path.IsNull || await IsOwnAsync(path.Address, account, cancellation) ? null : NotYours(path.Address);

    /// <summary>Whether the account may send with these authors; null if so.</summary>
    public async ValueTask<SmtpReply?> RefuseAsync(HeaderBlock header, AccountId account, CancellationToken cancellation)
    {
        var authors = IncomingHeaderReader.Mailboxes(header, "From");
        if (header.PositionsOf("From").Count != 1 || authors.Count == 0 || header.PositionsOf("Sender").Count > 1)
        {
            return NoAuthor;
        }

        foreach (var mailbox in authors.Concat(IncomingHeaderReader.Mailboxes(header, "Sender")))
        {
            if (!await IsOwnAsync(mailbox.Address, account, cancellation))
            {
                return NotYours(mailbox.Address);
            }
        }

        return null;
    }

    /// <summary>The header with Date and Message-ID where they lacked and without Bcc.</summary>
    public ReadOnlyMemory<byte> Complete(MessageHead head, MailMessageId id, string domain)
    {
        var added = new StringBuilder();
        if (head.Header.PositionsOf("Date").Count == 0)
        {
            added.Append(CultureInfo.InvariantCulture, $"Date: {clock.GetUtcNow():ddd, dd MMM yyyy HH':'mm':'ss} +0000\r\n");
        }

        if (head.Header.PositionsOf("Message-ID").Count == 0)
        {
            added.Append(CultureInfo.InvariantCulture, $"Message-ID: <{id.Value:N}@{domain}>\r\n");
        }

        var isSecret = head.Header.PositionsOf("Bcc").Count > 0;
        if (added.Length == 0 && !isSecret)
        {
            return head.Octets;
        }

        using var completed = new MemoryStream(head.Octets.Length + added.Length);
        completed.Write(Encoding.ASCII.GetBytes(added.ToString()));
        if (!isSecret)
        {
            completed.Write(head.Octets.Span);
            return completed.ToArray();
        }

        foreach (var field in head.Header.Fields.Where(f => !f.Is("Bcc")))
        {
            completed.Write(field.Raw.Span);
            completed.Write("\r\n"u8);
        }

        completed.Write("\r\n"u8);
        return completed.ToArray();
    }

    private async ValueTask<bool> IsOwnAsync(string text, AccountId account, CancellationToken cancellation)
        => MailAddress.TryParse(text, out var address) && await rights.MaySendAsAsync(account, address, cancellation);

    private static SmtpReply NotYours(string address) => new(550, "5.7.1", $"You may not write as {address}");
}
