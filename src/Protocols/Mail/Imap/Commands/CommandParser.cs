using System.Diagnostics.CodeAnalysis;
using System.Text;
using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>The grammar of commands (RFC 9051 §9 and the extensions in docs/standards.md).</summary>
internal static class CommandParser
{
    /// <summary>Reads one complete command.</summary>
    /// <param name="command">Lines and literals in one piece, without the last CRLF; of a message's literal only "{n}CRLF".</param>
    /// <param name="messages">Places of the messages' literals, and their sizes.</param>
    /// <param name="acceptsUtf8">Mailbox names may be UTF-8 (after ENABLE UTF8=ACCEPT or IMAP4rev2).</param>
    public static bool TryParse(ReadOnlySpan<byte> command, IReadOnlyList<MessageLiteral> messages, bool acceptsUtf8, ImapLimits limits,
        [NotNullWhen(true)] out ImapCommand? parsed, [NotNullWhen(false)] out ImapRefusal? refusal)
    {
        var scanner = new ImapScanner(command, [.. messages.Select(m => m.At)], limits);
        var tag = scanner.Tag();
        scanner.Space();
        var names = new MailboxNames(acceptsUtf8);
        var word = scanner.Word();
        if (scanner.HasFailed)
        {
            (parsed, refusal) = (null, new(tag.Length == 0 ? null : tag, "BAD", null, scanner.Problem!));
            return false;
        }

        string? code = null;
        parsed = Read(tag, word, names, messages, ref scanner, ref code);
        scanner.End();
        refusal = scanner.Problem is { } problem ? new(tag, code is null ? "BAD" : "NO", code, problem) : null;
        return refusal is null;
    }

    public static SequenceSet ReadSet(ref ImapScanner scanner)
    {
        if (SequenceSet.TryParse(scanner.Set(), scanner.Limits.MaxItems, out var set))
        {
            return set;
        }

        scanner.Fail("A set of numbers such as 1:3,7 is missing.");
        return SequenceSet.Empty;
    }

    private static ImapCommand Read(string tag, string word, MailboxNames names, IReadOnlyList<MessageLiteral> messages, ref ImapScanner scanner, ref string? code)
    {
        switch (word)
        {
            case "CAPABILITY": return new ImapCommand.Capability(tag);
            case "NOOP": return new ImapCommand.Noop(tag);
            case "LOGOUT": return new ImapCommand.Logout(tag);
            case "STARTTLS": return new ImapCommand.StartTls(tag);
            case "NAMESPACE": return new ImapCommand.Namespace(tag);
            case "IDLE": return new ImapCommand.Idle(tag);
            case "CHECK": return new ImapCommand.Check(tag);
            case "CLOSE": return new ImapCommand.Close(tag);
            case "UNSELECT": return new ImapCommand.Unselect(tag);
            case "EXPUNGE": return new ImapCommand.Expunge(tag, Uids: null);
        }

        if (word is "UID")
        {
            scanner.Space();
            return ReadOnMessages(tag, scanner.Word(), isUid: true, names, ref scanner, ref code) ?? Unknown(tag, "UID", ref scanner);
        }

        return ReadOnMessages(tag, word, isUid: false, names, ref scanner, ref code)
            ?? ReadOnMailbox(tag, word, names, messages, ref scanner)
            ?? ReadOther(tag, word, names, ref scanner)
            ?? Unknown(tag, word, ref scanner);
    }

    private static ImapCommand.Noop Unknown(string tag, string word, ref ImapScanner scanner)
    {
        scanner.Fail($"Unknown command {word}.");
        return new ImapCommand.Noop(tag);
    }

    private static ImapCommand? ReadOnMessages(string tag, string word, bool isUid, MailboxNames names, ref ImapScanner scanner, ref string? code)
    {
        switch (word)
        {
            case "SEARCH":
                scanner.Space();
                var found = SearchParser.ReadReturn(ref scanner);
                return new ImapCommand.Search(tag, isUid, found, SearchParser.ReadKeys(ref scanner, ReadOptionalCharset(ref scanner, ref code)));
            case "SORT":
                scanner.Space();
                var sorted = SearchParser.ReadReturn(ref scanner);
                var criteria = ReadCriteria(ref scanner);
                scanner.Space();
                return new ImapCommand.Sort(tag, isUid, sorted, criteria, SearchParser.ReadKeys(ref scanner, ReadCharset(ref scanner, ref code)));
            case "THREAD":
                scanner.Space();
                var algorithm = scanner.Word();
                scanner.Space();
                return new ImapCommand.Thread(tag, isUid, algorithm, SearchParser.ReadKeys(ref scanner, ReadCharset(ref scanner, ref code)));
            case "FETCH":
                return ReadFetch(tag, isUid, ref scanner);
            case "STORE":
                return ReadStore(tag, isUid, ref scanner);
            case "COPY" or "MOVE":
                scanner.Space();
                var set = ReadSet(ref scanner);
                scanner.Space();
                var mailbox = names.Read(ref scanner);
                return word == "COPY" ? new ImapCommand.Copy(tag, isUid, set, mailbox) : new ImapCommand.Move(tag, isUid, set, mailbox);
            case "EXPUNGE" when isUid:
                scanner.Space();
                return new ImapCommand.Expunge(tag, ReadSet(ref scanner));
            default:
                return null;
        }
    }

    private static ImapCommand? ReadOnMailbox(string tag, string word, MailboxNames names, IReadOnlyList<MessageLiteral> messages, ref ImapScanner scanner)
    {
        if (word is not ("SELECT" or "EXAMINE" or "CREATE" or "DELETE" or "RENAME" or "SUBSCRIBE" or "UNSUBSCRIBE" or "STATUS" or "APPEND"
            or "GETQUOTAROOT" or "GETACL" or "MYRIGHTS" or "SETACL" or "DELETEACL" or "LISTRIGHTS"))
        {
            return null;
        }

        scanner.Space();
        var mailbox = names.Read(ref scanner);
        switch (word)
        {
            case "SELECT" or "EXAMINE": return MailboxParser.ReadSelect(tag, mailbox, word == "EXAMINE", ref scanner);
            case "CREATE": return MailboxParser.ReadCreate(tag, mailbox, ref scanner);
            case "DELETE": return new ImapCommand.Delete(tag, mailbox);
            case "SUBSCRIBE": return new ImapCommand.Subscribe(tag, mailbox);
            case "UNSUBSCRIBE": return new ImapCommand.Unsubscribe(tag, mailbox);
            case "GETQUOTAROOT": return new ImapCommand.GetQuotaRoot(tag, mailbox);
            case "GETACL": return new ImapCommand.GetAcl(tag, mailbox);
            case "MYRIGHTS": return new ImapCommand.MyRights(tag, mailbox);
            case "APPEND": return MailboxParser.ReadAppend(tag, mailbox, messages, ref scanner);
        }

        scanner.Space();
        switch (word)
        {
            case "RENAME": return new ImapCommand.Rename(tag, mailbox, names.Read(ref scanner));
            case "STATUS": return new ImapCommand.Status(tag, mailbox, MailboxParser.ReadStatusItems(ref scanner));
            case "DELETEACL": return new ImapCommand.DeleteAcl(tag, mailbox, scanner.AString());
            case "LISTRIGHTS": return new ImapCommand.ListRights(tag, mailbox, scanner.AString());
            default:
                var identifier = scanner.AString();
                scanner.Space();
                var rights = scanner.AString();
                var change = rights is ['+' or '-', ..] ? rights[0] : '=';
                return new ImapCommand.SetAcl(tag, mailbox, identifier, change, change == '=' ? rights : rights[1..]);
        }
    }

    private static ImapCommand? ReadOther(string tag, string word, MailboxNames names, ref ImapScanner scanner)
    {
        if (word is not ("LOGIN" or "AUTHENTICATE" or "ID" or "ENABLE" or "LIST" or "LSUB" or "GETQUOTA" or "SETQUOTA"))
        {
            return null;
        }

        scanner.Space();
        switch (word)
        {
            case "LOGIN":
                var user = scanner.AString();
                scanner.Space();
                return new ImapCommand.Login(tag, user, scanner.AString());
            case "AUTHENTICATE":
                var mechanism = scanner.Word();
                return new ImapCommand.Authenticate(tag, mechanism, scanner.Take(' ') ? scanner.Atom() : null);
            case "ID":
                return new ImapCommand.Id(tag, MailboxParser.ReadIdFields(ref scanner));
            case "ENABLE":
                var capabilities = new List<string>();
                do
                {
                    capabilities.Add(scanner.Word());
                }
                while (!scanner.HasFailed && scanner.Take(' '));
                return new ImapCommand.Enable(tag, capabilities);
            case "LIST":
                return ListParser.Read(tag, names, ref scanner);
            case "LSUB":
                var reference = names.Read(ref scanner);
                scanner.Space();
                return new ImapCommand.Lsub(tag, reference, names.ReadPattern(ref scanner));
            case "GETQUOTA":
                return new ImapCommand.GetQuota(tag, scanner.AString());
            default:
                return MailboxParser.ReadSetQuota(tag, ref scanner);
        }
    }

    private static ImapCommand.Fetch ReadFetch(string tag, bool isUid, ref ImapScanner scanner)
    {
        scanner.Space();
        var set = ReadSet(ref scanner);
        scanner.Space();
        var items = FetchParser.ReadItems(ref scanner);
        long? changedSince = null;
        var wantsVanished = false;
        if (scanner.Take(' '))
        {
            scanner.Expect('(');
            do
            {
                if (scanner.TakeWord("CHANGEDSINCE"u8))
                {
                    scanner.Space();
                    changedSince = scanner.Number64();
                }
                else if (scanner.TakeWord("VANISHED"u8))
                {
                    wantsVanished = true;
                }
                else
                {
                    scanner.Fail("Unknown modifier of FETCH.");
                }
            }
            while (!scanner.HasFailed && scanner.Take(' '));
            scanner.Expect(')');
        }

        if (wantsVanished && (!isUid || changedSince is null))
        {
            scanner.Fail("VANISHED goes with UID FETCH and CHANGEDSINCE."); // RFC 7162 §3.2.6
        }

        return new(tag, isUid, set, items, changedSince, wantsVanished);
    }

    private static ImapCommand.Store ReadStore(string tag, bool isUid, ref ImapScanner scanner)
    {
        scanner.Space();
        var set = ReadSet(ref scanner);
        scanner.Space();
        long? unchangedSince = null;
        if (scanner.Take('('))
        {
            if (!scanner.TakeWord("UNCHANGEDSINCE"u8))
            {
                scanner.Fail("Unknown modifier of STORE.");
            }

            scanner.Space();
            unchangedSince = scanner.Number64();
            scanner.Expect(')');
            scanner.Space();
        }

        var mode = scanner.Take('+') ? StoreMode.Add : scanner.Take('-') ? StoreMode.Remove : StoreMode.Replace;
        var name = scanner.Word();
        if (name is not ("FLAGS" or "FLAGS.SILENT"))
        {
            scanner.Fail("STORE changes FLAGS only.");
        }

        scanner.Space();
        return new(tag, isUid, set, mode, name == "FLAGS.SILENT", MessageFlags.ReadListOrRun(ref scanner), unchangedSince);
    }

    private static List<SortCriterion> ReadCriteria(ref ImapScanner scanner)
    {
        var criteria = new List<SortCriterion>();
        scanner.Expect('(');
        do
        {
            var isReverse = scanner.TakeWord("REVERSE"u8);
            if (isReverse)
            {
                scanner.Space();
            }

            var word = scanner.Word();
            if (!Enum.TryParse<SortKey>(word, ignoreCase: true, out var key) || !Enum.IsDefined(key) || char.IsAsciiDigit(word[0]))
            {
                scanner.Fail($"Messages cannot be sorted by {word}.");
            }
            else if (criteria.Count == scanner.Limits.MaxItems)
            {
                scanner.Fail("Too many sort criteria.");
            }

            criteria.Add(new(key, isReverse));
        }
        while (!scanner.HasFailed && scanner.Take(' '));
        scanner.Expect(')');
        return criteria;
    }

    private static Encoding ReadOptionalCharset(ref ImapScanner scanner, ref string? code)
    {
        if (!scanner.TakeWord("CHARSET"u8))
        {
            return Encoding.UTF8;
        }

        scanner.Space();
        return ReadCharset(ref scanner, ref code);
    }

    private static Encoding ReadCharset(ref ImapScanner scanner, ref string? code)
    {
        var name = scanner.AString();
        scanner.Space();
        if (scanner.HasFailed)
        {
            return Encoding.UTF8;
        }

        if (SearchParser.FindCharset(name) is { } charset)
        {
            return charset;
        }

        code = "BADCHARSET (UTF-8 US-ASCII)"; // RFC 9051 §7.1: the answer is NO, not BAD.
        scanner.Fail($"The charset {name} is not known.");
        return Encoding.UTF8;
    }
}
