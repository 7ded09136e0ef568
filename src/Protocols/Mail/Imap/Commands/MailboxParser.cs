using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>The grammar of commands on one mailbox, of quotas and of ID.</summary>
internal static class MailboxParser
{
    // RFC 2971 §3.3.
    private const int MaxIdFields = 30;

    private static readonly Dictionary<string, StatusItem> StatusItems = Enum.GetValues<StatusItem>()
        .ToDictionary(i => i.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    public static ImapCommand.Select ReadSelect(string tag, string mailbox, bool isReadOnly, ref ImapScanner scanner)
    {
        var wantsModSeq = false;
        QuickResync? resync = null;
        if (scanner.Take(' '))
        {
            scanner.Expect('(');
            do
            {
                if (scanner.TakeWord("CONDSTORE"u8))
                {
                    wantsModSeq = true;
                }
                else if (scanner.TakeWord("QRESYNC"u8))
                {
                    scanner.Space();
                    resync = ReadResync(ref scanner);
                }
                else
                {
                    scanner.Fail("Unknown parameter of SELECT.");
                }
            }
            while (!scanner.HasFailed && scanner.Take(' '));
            scanner.Expect(')');
        }

        return new(tag, mailbox, isReadOnly, wantsModSeq || resync is not null, resync);
    }

    public static ImapCommand.Create ReadCreate(string tag, string mailbox, ref ImapScanner scanner)
    {
        var uses = new List<string>();
        if (scanner.Take(' '))
        {
            scanner.Expect('(');
            if (!scanner.TakeWord("USE"u8))
            {
                scanner.Fail("Unknown parameter of CREATE.");
            }

            scanner.Space();
            scanner.Expect('(');
            while (!scanner.HasFailed && !scanner.Take(')'))
            {
                scanner.Expect('\\');
                uses.Add('\\' + scanner.Atom());
                if (!scanner.Sees(')'))
                {
                    scanner.Space();
                }
            }

            scanner.Expect(')');
        }

        return new(tag, mailbox, uses);
    }

    public static List<StatusItem> ReadStatusItems(ref ImapScanner scanner)
    {
        var items = new List<StatusItem>();
        scanner.Expect('(');
        do
        {
            var word = scanner.Word();
            if (!StatusItems.TryGetValue(word, out var item))
            {
                scanner.Fail($"Unknown item {word} of STATUS.");
            }
            else if (!items.Contains(item))
            {
                items.Add(item);
            }
        }
        while (!scanner.HasFailed && scanner.Take(' '));
        scanner.Expect(')');
        return items;
    }

    public static ImapCommand.Append ReadAppend(string tag, string mailbox, IReadOnlyList<MessageLiteral> literals, ref ImapScanner scanner)
    {
        var messages = new List<AppendedMessage>();
        do
        {
            scanner.Space();
            IReadOnlyList<string> flags = [];
            DateTimeOffset? date = null;
            if (scanner.Sees('('))
            {
                flags = MessageFlags.ReadList(ref scanner);
                scanner.Space();
            }

            if (scanner.Sees('"'))
            {
                date = scanner.DateTime();
                scanner.Space();
            }

            var isUtf8 = scanner.TakeWord("UTF8"u8);
            if (isUtf8)
            {
                scanner.Space();
                scanner.Expect('(');
            }

            var index = scanner.Message(isBinary: isUtf8 || scanner.Sees('~'));
            if (isUtf8)
            {
                scanner.Expect(')');
            }

            messages.Add(new(flags, date, index < 0 ? 0 : literals[index].Octets, isUtf8));
        }
        while (!scanner.HasFailed && !scanner.IsAtEnd);
        return new(tag, mailbox, messages);
    }

    public static ImapCommand.SetQuota ReadSetQuota(string tag, ref ImapScanner scanner)
    {
        var root = scanner.AString();
        var limits = new List<KeyValuePair<string, long>>();
        scanner.Space();
        scanner.Expect('(');
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            var resource = scanner.Word();
            scanner.Space();
            limits.Add(new(resource, scanner.Number64()));
            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        return new(tag, root, limits);
    }

    public static List<KeyValuePair<string, string?>> ReadIdFields(ref ImapScanner scanner)
    {
        var fields = new List<KeyValuePair<string, string?>>();
        if (scanner.TakeWord("NIL"u8))
        {
            return fields;
        }

        scanner.Expect('(');
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            var name = scanner.String();
            scanner.Space();
            fields.Add(new(name, scanner.NString()));
            if (fields.Count > MaxIdFields)
            {
                scanner.Fail("Too many fields.");
            }

            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        return fields;
    }

    // RFC 7162 §3.2.5: (uidvalidity modseq [known-uids] [(numbers uids)])
    private static QuickResync ReadResync(ref ImapScanner scanner)
    {
        scanner.Expect('(');
        var validity = scanner.Number();
        scanner.Space();
        var modSeq = scanner.Number64();
        SequenceSet? known = null;
        (SequenceSet, SequenceSet)? match = null;
        if (scanner.Take(' ') && !scanner.Sees('('))
        {
            known = CommandParser.ReadSet(ref scanner);
            scanner.Take(' ');
        }

        if (scanner.Take('('))
        {
            var numbers = CommandParser.ReadSet(ref scanner);
            scanner.Space();
            match = (numbers, CommandParser.ReadSet(ref scanner));
            scanner.Expect(')');
        }

        scanner.Expect(')');
        return new(validity, modSeq, known, match);
    }
}
