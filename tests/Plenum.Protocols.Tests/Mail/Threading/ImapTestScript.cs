using System.Text.RegularExpressions;
using MimeKit;
using Plenum.Protocols.Mail.Threading;

namespace Plenum.Protocols.Tests.Mail.Threading;

/// <summary>
/// Plays the THREAD cases of Dovecot's imaptest: "messages: all" fills the mailbox from the .mbox, "ok append" adds its next message, "store N
/// +flags \deleted" and "expunge" take messages out, "thread ALGORITHM" asks, the line after it tells the answer.
/// </summary>
internal static partial class ImapTestScript
{
    /// <summary>Expected and actual answer of each THREAD command.</summary>
    public static IEnumerable<(string Expected, string Actual)> Play(string script, string mbox)
    {
        var supply = new Queue<ThreadMessage<int>>(ReadMbox(mbox));
        var mailbox = new List<ThreadMessage<int>>();
        var deleted = new HashSet<ThreadMessage<int>>();
        var lines = File.ReadAllLines(script);
        if (lines.Contains("messages: all"))
        {
            mailbox.AddRange(supply);
            supply.Clear();
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].ToLowerInvariant().Split(' ');
            switch (words)
            {
                case ["ok", "append", ..]:
                    mailbox.Add(supply.Dequeue());
                    break;
                case ["ok", "store", var numbers, "+flags", ..]:
                    deleted.UnionWith(numbers.Split(',').Select(number => mailbox[int.Parse(number) - 1]));
                    break;
                case ["ok", "expunge", ..]:
                    mailbox.RemoveAll(deleted.Contains);
                    break;
                case ["ok", "thread", ("references" or "orderedsubject") and var algorithm, ..]:
                    var numbered = mailbox.Select((message, index) => message with { Key = index + 1 });
                    var threads = algorithm == "references" ? Threads.ByReferences(numbered) : Threads.ByOrderedSubject(numbered);
                    yield return (lines[i + 1].ToLowerInvariant().Replace("* thread", "", StringComparison.Ordinal).Trim(), ThreadText.Write(threads));
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<ThreadMessage<int>> ReadMbox(string path)
    {
        foreach (var part in PostmarkLine().Split(File.ReadAllText(path)).Skip(1).Chunk(2))
        {
            var header = MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(part[1]))).Headers;
            var arrival = DateTimeOffset.ParseExact(part[0], "ddd MMM d HH:mm:ss yyyy", null, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AllowInnerWhite);
            yield return new ThreadMessage<int>(0)
            {
                MessageId = MessageIds.Parse(header[HeaderId.MessageId] ?? "") is [var id, ..] ? id : "",
                References = MessageIds.References(header[HeaderId.References], header[HeaderId.InReplyTo]),
                Subject = header[HeaderId.Subject] ?? "",
                Date = SentDate.Read(header[HeaderId.Date], arrival),
            };
        }
    }

    [GeneratedRegex(@"^From \S+ +(.*\d{4})\n", RegexOptions.Multiline)]
    private static partial Regex PostmarkLine();
}
