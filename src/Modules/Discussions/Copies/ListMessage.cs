using System.Text;
using MimeKit;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Discussions.Copies;

/// <summary>
/// A post's message as subscribers get it: the octets of the body untouched, so that the author's signature may still hold; of the header
/// only what a list must change (RFC 2369, RFC 2919, RFC 5064), and From where its domain's policy would have the copy refused.
/// </summary>
public sealed class ListMessage(Board board, Post post, string site)
{
    // What belongs to another leg of the way, to another list, or would make receivers' programs answer.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Return-Path", "Delivered-To", "X-Original-To", "Envelope-To", "Bcc", "Resent-Bcc", "Errors-To", "Precedence", "Archived-At", "Approved",
        "List-Id", "List-Post", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Owner", "List-Archive",
        "X-Message-ID-Hash", "X-Mailing-List", "Mail-Followup-To", "Authentication-Results", "Received-SPF",
        "Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To", "X-Loop",
    };

    // RFC 5322 §3.6: once at most. Of two From fields a filter reads one and a person the other.
    private static readonly HashSet<string> Single = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Date", "Message-ID", "In-Reply-To", "References", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    };

    /// <param name="raw">The message as it lies in the store.</param>
    /// <returns>The message for all subscribers, CRLF lines in the header.</returns>
    public byte[] Write(ReadOnlyMemory<byte> raw)
    {
        var header = HeaderBlock.Parse(raw);
        using var written = new MemoryStream(raw.Length + 1024);
        foreach (var (name, value) in ListFields())
        {
            Write(written, name, value);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in header.Fields)
        {
            if (IsKept(field) && (!Single.Contains(field.Name) || seen.Add(field.Name)))
            {
                Write(written, field.Raw.Span);
            }
        }

        WriteMissing(written, header, seen);
        written.Write("\r\n"u8);
        written.Write(raw.Span[header.BodyOffset..]);
        return written.ToArray();
    }

    private bool IsKept(HeaderField field)
        => field.Name.Length > 0 && !Dropped.Contains(field.Name)
            && (post.KeepsFrom || !(field.Is("From") || field.Is("Reply-To") || field.Is("Sender")))
            && !(field.Is("Received") && post.AuthorId is not null && post.Origin == PostOrigin.Mail && IsSubmission(field)); // Where a member sat is nobody's business.

    // RFC 3848: "with ESMTPSA", the A standing for a sender who signed in.
    private static bool IsSubmission(HeaderField field)
        => field.Value.Contains("SMTPSA", StringComparison.Ordinal) || field.Value.Contains("SMTPA ", StringComparison.Ordinal);

    private IEnumerable<(string Name, string Value)> ListFields()
    {
        yield return ("List-Id", $"{Phrase(board.Title)} <{board.ListId}>");
        yield return ("List-Post", board.IsAnnounceOnly ? "NO" : $"<mailto:{board.Address}>");
        yield return ("List-Help", $"<mailto:{BoardMailbox.Write(board, BoardMailboxKind.Request)}?subject=help>");
        yield return ("List-Subscribe", $"<{site}{board.Path}/subscription>, <mailto:{BoardMailbox.Write(board, BoardMailboxKind.Subscribe)}>");
        yield return ("List-Owner", $"<mailto:{BoardMailbox.Write(board, BoardMailboxKind.Owner)}>");
        yield return ("List-Archive", $"<{site}{board.Path}>");
        yield return ("Archived-At", $"<{site}{board.Path}/posts/{post.Hash}>");
        yield return ("X-Message-ID-Hash", post.Hash);
        yield return ("Precedence", "list");
    }

    private void WriteMissing(Stream written, HeaderBlock header, HashSet<string> seen)
    {
        if (!post.KeepsFrom || !seen.Contains("From"))
        {
            Write(written, "From", Mailbox($"{post.AuthorName} via {board.Title}", board.Address!));
            var answers = header.FieldsNamed("Reply-To").FirstOrDefault() is { Name.Length: > 0 } asked ? asked.RawValue
                : header.FieldsNamed("From").FirstOrDefault() is { Name.Length: > 0 } author ? author.RawValue
                : default;
            if (!answers.IsEmpty)
            {
                written.Write("Reply-To:"u8);
                Write(written, answers.Span);
            }
        }

        if (!seen.Contains("Message-ID"))
        {
            Write(written, "Message-ID", $"<{post.MessageId}>");
        }

        if (!seen.Contains("Date"))
        {
            Write(written, "Date", MimeKit.Utils.DateUtils.FormatDate(new DateTimeOffset(post.ReceivedAt, TimeSpan.Zero)));
        }
    }

    private static void Write(Stream written, string name, string value) => Write(written, Encoding.UTF8.GetBytes($"{name}: {value}"));

    /// <summary>One field with its folds; every line end becomes CRLF.</summary>
    private static void Write(Stream written, ReadOnlySpan<byte> field)
    {
        while (field.IndexOf((byte)'\n') is >= 0 and var end)
        {
            written.Write(field[..end].TrimEnd((byte)'\r'));
            written.Write("\r\n"u8);
            field = field[(end + 1)..];
        }

        written.Write(field.TrimEnd((byte)'\r'));
        written.Write("\r\n"u8);
    }

    private static string Phrase(string text) => Encoding.ASCII.GetString(MimeKit.Utils.Rfc2047.EncodePhrase(Encoding.UTF8, text));

    private static string Mailbox(string name, string address)
        => new MailboxAddress(Encoding.UTF8, StoredText.OneLine(name, 200), address).ToString(encode: true).ReplaceLineEndings("").Replace('\t', ' ');

    /// <summary>What only one subscriber's copy has (RFC 2369 §3.2, RFC 8058 §3.1).</summary>
    public static IReadOnlyList<MailHeader> FieldsFor(Board board, string token, string site)
    {
        ArgumentNullException.ThrowIfNull(board);
        return
        [
            new("List-Unsubscribe", $"<{site}/boards/one-click/{token}>, <mailto:{BoardMailbox.Write(board, BoardMailboxKind.Unsubscribe, token)}>"),
            new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ];
    }
}
