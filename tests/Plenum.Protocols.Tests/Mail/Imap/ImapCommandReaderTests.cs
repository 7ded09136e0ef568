using System.Buffers;
using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Imap;
using Plenum.Protocols.Mail.Imap.Commands;
using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Tests.Mail.Imap;

public sealed class ImapCommandReaderTests
{
    [Theory]
    [InlineData("a NOOP", typeof(ImapCommand.Noop))]
    [InlineData("a capability", typeof(ImapCommand.Capability))]
    [InlineData("a ENABLE CONDSTORE IMAP4rev2", typeof(ImapCommand.Enable))]
    [InlineData("a ID NIL", typeof(ImapCommand.Id))]
    [InlineData("a ID (\"name\" \"K-9\" \"version\" NIL)", typeof(ImapCommand.Id))]
    [InlineData("a AUTHENTICATE PLAIN =", typeof(ImapCommand.Authenticate))]
    [InlineData("a NAMESPACE", typeof(ImapCommand.Namespace))]
    [InlineData("a IDLE", typeof(ImapCommand.Idle))]
    [InlineData("a UID EXPUNGE 3:5", typeof(ImapCommand.Expunge))]
    [InlineData("a SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541 (1,2 3,4)))", typeof(ImapCommand.Select))]
    [InlineData("a CREATE Sent (USE (\\Sent))", typeof(ImapCommand.Create))]
    [InlineData("a SETQUOTA \"\" (STORAGE 512)", typeof(ImapCommand.SetQuota))]
    [InlineData("a SETACL INBOX smith +lrs", typeof(ImapCommand.SetAcl))]
    [InlineData("a LISTRIGHTS ~/Mail/saved smith", typeof(ImapCommand.ListRights))]
    [InlineData("a STATUS blurdybloop (UIDNEXT MESSAGES HIGHESTMODSEQ SIZE)", typeof(ImapCommand.Status))]
    [InlineData("a UID MOVE $ Archive", typeof(ImapCommand.Move))]
    [InlineData("a LSUB \"#news.\" \"comp.mail.*\"", typeof(ImapCommand.Lsub))]
    public void A_command_is_recognised(string line, Type expected) => Assert.IsType(expected, Command(line));

    [Fact]
    public void A_search_becomes_a_tree()
    {
        var search = Assert.IsType<ImapCommand.Search>(Command("a UID SEARCH RETURN (MIN COUNT) CHARSET UTF-8 OR (FLAGGED SINCE 1-Feb-1994) NOT FROM \"Smith\" 2:4,*"));
        Assert.Equal(SearchReturn.Min | SearchReturn.Count, search.Return);
        var all = Assert.IsType<SearchKey.And>(search.Key);
        var or = Assert.IsType<SearchKey.Or>(all.Keys[0]);
        var left = Assert.IsType<SearchKey.And>(or.Left);
        Assert.Equal([new SearchKey.Flag(@"\Flagged"), new SearchKey.Arrived(DateMatch.Since, new(1994, 2, 1))], left.Keys);
        Assert.Equal(new SearchKey.Not(new SearchKey.Header("FROM", "Smith")), or.Right);
        Assert.Equal("2:4,*", Assert.IsType<SearchKey.Numbers>(all.Keys[1]).Set.ToString());
    }

    [Theory]
    [InlineData("TEXT", "Grüße")]
    [InlineData("BODY", "日本語")]
    public void A_search_text_in_UTF_8_is_decoded(string key, string text)
    {
        var search = Assert.IsType<ImapCommand.Search>(Command($"a SEARCH {key} \"{text}\""));
        Assert.Equal(key == "TEXT" ? new SearchKey.AnyText(text) : new SearchKey.Body(text), search.Key);
    }

    [Theory]
    [InlineData("X-KLINGON")]
    [InlineData("UTF-7")]
    public void An_unknown_charset_is_refused_with_NO(string charset)
    {
        var refusal = Refusal($"a SEARCH CHARSET {charset} TEXT x");
        Assert.Equal("NO", refusal.Status);
        Assert.StartsWith("BADCHARSET", refusal.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_items_and_their_sections_are_read()
    {
        var fetch = Assert.IsType<ImapCommand.Fetch>(
            Command("a UID FETCH 1:* (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (DATE \"FROM\")]<0.100> BODY[TEXT] BODY[4.1.MIME] BODY[] BINARY.SIZE[2] BINARY[1.1]<5.6> RFC822.HEADER BODY) (CHANGEDSINCE 12345 VANISHED)"));
        Assert.Equal(
            [
                new FetchItem.Flags(),
                new FetchItem.Section(new([1, 2], SectionText.HeaderFields, ["DATE", "FROM"]), new Partial(0, 100), IsPeek: true),
                new FetchItem.Section(new([], SectionText.Text, []), null, IsPeek: false),
                new FetchItem.Section(new([4, 1], SectionText.Mime, []), null, IsPeek: false),
                new FetchItem.Section(BodySection.Whole, null, IsPeek: false),
            ],
            fetch.Items.Take(5));
        Assert.Equal([2], Assert.IsType<FetchItem.BinarySize>(fetch.Items[5]).Part);
        Assert.Equal(new Partial(5, 6), Assert.IsType<FetchItem.Binary>(fetch.Items[6]).Partial);
        Assert.Equal("RFC822.HEADER", Assert.IsType<FetchItem.Section>(fetch.Items[7]).AnsweredAs);
        Assert.Equal(new FetchItem.Structure(IsExtensible: false), fetch.Items[8]);
        Assert.Equal((12345, true), (fetch.ChangedSince, fetch.WantsVanished));
    }

    [Theory]
    [InlineData("ALL", 4)]
    [InlineData("FAST", 3)]
    [InlineData("FULL", 5)]
    public void Macros_stand_for_their_items(string macro, int count)
        => Assert.Equal(count, Assert.IsType<ImapCommand.Fetch>(Command("a FETCH 1 " + macro)).Items.Count);

    [Fact]
    public void Store_knows_its_mode_and_its_flags()
    {
        var store = Assert.IsType<ImapCommand.Store>(Command("a STORE 1,3 (UNCHANGEDSINCE 9) -FLAGS.SILENT (\\seen $Forwarded \\SEEN)"));
        Assert.Equal((StoreMode.Remove, true, 9L), (store.Mode, store.IsSilent, store.UnchangedSince));
        Assert.Equal([@"\Seen", "$Forwarded"], store.Flags);
    }

    [Fact]
    public void List_knows_what_RFC_5258_adds()
    {
        var list = Assert.IsType<ImapCommand.List>(Command("a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX \"Drafts\" Sent/%) RETURN (CHILDREN STATUS (MESSAGES UNSEEN))"));
        Assert.Equal(["INBOX", "Drafts", "Sent/%"], list.Patterns);
        Assert.Equal(ListSelection.Subscribed | ListSelection.RecursiveMatch, list.Selection);
        Assert.Equal(ListReturn.Children | ListReturn.Status, list.Return);
        Assert.Equal([StatusItem.Messages, StatusItem.Unseen], list.StatusItems);
    }

    [Fact]
    public void Mailbox_names_are_decoded_as_the_client_enabled()
    {
        Assert.Equal("~peter/mail/台北/日本語", Assert.IsType<ImapCommand.Delete>(Command("a DELETE ~peter/mail/&U,BTFw-/&ZeVnLIqe-")).Mailbox);
        var reader = new ImapCommandReader(ImapLimits.Default) { AcceptsUtf8 = true };
        Assert.Equal("Entwürfe & mehr", Assert.IsType<ImapCommand.Delete>(Assert.IsType<ImapRead.Command>(Reads(reader, "a DELETE \"Entwürfe & mehr\"\r\n")[^1]).Parsed).Mailbox);
    }

    [Fact]
    public void A_literal_waits_for_its_continuation_and_is_part_of_the_command()
    {
        var reader = new ImapCommandReader(ImapLimits.Default);
        var buffer = Octets("a LOGIN {4}\r\n");
        Assert.IsType<ImapRead.NeedsContinuation>(reader.Read(ref buffer));
        buffer = Octets("emil {8+}\r\np\"s\\{3}x\r\n");
        var login = Assert.IsType<ImapCommand.Login>(Assert.IsType<ImapRead.Command>(reader.Read(ref buffer)).Parsed);
        Assert.Equal(("emil", "p\"s\\{3}x"), (login.User, login.Password));
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void Messages_go_past_the_reader()
    {
        var reader = new ImapCommandReader(ImapLimits.Default);
        var buffer = Octets("a APPEND \"Sent\" (\\Seen) \" 7-Feb-1994 21:52:25 -0800\" {310}\r\n");
        Assert.Equal(new ImapRead.Message(310, IsSynchronizing: true, IsBinary: false), reader.Read(ref buffer));
        reader.MessageTaken();
        buffer = Octets(" UTF8 (~{5+}\r\n");
        Assert.Equal(new ImapRead.Message(5, IsSynchronizing: false, IsBinary: true), reader.Read(ref buffer));
        reader.MessageTaken();
        buffer = Octets(")\r\n");
        var append = Assert.IsType<ImapCommand.Append>(Assert.IsType<ImapRead.Command>(reader.Read(ref buffer)).Parsed);
        Assert.Equal([310, 5], append.Messages.Select(m => m.Octets));
        Assert.Equal(new DateTimeOffset(1994, 2, 7, 21, 52, 25, TimeSpan.FromHours(-8)), append.Messages[0].InternalDate);
        Assert.True(append.Messages[1].IsUtf8);
    }

    [Fact]
    public void The_mailbox_of_APPEND_may_be_a_literal_itself()
    {
        var reader = new ImapCommandReader(ImapLimits.Default);
        var buffer = Octets("a APPEND {5+}\r\nINBOX {3+}\r\n");
        Assert.Equal(new ImapRead.Message(3, IsSynchronizing: false, IsBinary: false), reader.Read(ref buffer));
        reader.MessageTaken();
        buffer = Octets("\r\n");
        Assert.Equal("INBOX", Assert.IsType<ImapCommand.Append>(Assert.IsType<ImapRead.Command>(reader.Read(ref buffer)).Parsed).Mailbox);
    }

    [Fact]
    public void A_literal_that_is_too_large_is_refused_and_its_octets_are_swallowed()
    {
        var reader = new ImapCommandReader(ImapLimits.Default with { MaxLiteralOctets = 10 });
        var buffer = Octets("a LOGIN {11}\r\n");
        Assert.Equal("TOOBIG", Assert.IsType<ImapRead.Refused>(reader.Read(ref buffer)).Refusal.Code);
        buffer = Octets("b LOGIN {11+}\r\nc NOOP\r\nxxx secret\r\nd NOOP\r\n");
        Assert.Equal("b", Assert.IsType<ImapRead.Refused>(reader.Read(ref buffer)).Refusal.Tag);
        Assert.Equal("d", Assert.IsType<ImapRead.Command>(reader.Read(ref buffer)).Parsed.Tag);
    }

    [Fact]
    public void A_message_that_is_too_large_is_refused_before_it_is_sent()
    {
        var reader = new ImapCommandReader(ImapLimits.Default with { MaxMessageOctets = 100 });
        var buffer = Octets("a APPEND INBOX {101}\r\n");
        Assert.Equal("TOOBIG", Assert.IsType<ImapRead.Refused>(reader.Read(ref buffer)).Refusal.Code);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a", "a")]
    [InlineData("a ", "a")]
    [InlineData("a NOSUCH", "a")]
    [InlineData("a NOOP x", "a")]
    [InlineData("a LOGIN emil", "a")]
    [InlineData("a LOGIN \"emil x", "a")]
    [InlineData("a LOGIN \"a\\b\" x", "a")]
    [InlineData("a FETCH 0 FLAGS", "a")]
    [InlineData("a FETCH 1:4294967296 FLAGS", "a")]
    [InlineData("a FETCH 1 ()", "a")]
    [InlineData("a FETCH 1 BODY[0]", "a")]
    [InlineData("a FETCH 1 BODY[1.]", "a")]
    [InlineData("a FETCH 1 BODY[MIME]", "a")]
    [InlineData("a FETCH 1 BODY[]<1>", "a")]
    [InlineData("a FETCH 1 BODY[]<0.0>", "a")]
    [InlineData("a STORE 1 FLAGS \\Recent", "a")]
    [InlineData("a SEARCH", "a")]
    [InlineData("a SEARCH ()", "a")]
    [InlineData("a SEARCH BEFORE 31-Feb-2026", "a")]
    [InlineData("a SEARCH OR ALL", "a")]
    [InlineData("a SEARCH YOUNGER 0", "a")]
    [InlineData("a SORT () UTF-8 ALL", "a")]
    [InlineData("a SORT (COLOUR) UTF-8 ALL", "a")]
    [InlineData("a SELECT &AOQ", "a")]
    [InlineData("a STATUS INBOX ()", "a")]
    [InlineData("a LIST (RECURSIVEMATCH) \"\" *", "a")]
    [InlineData("a FETCH 1 FLAGS (VANISHED)", "a")]
    [InlineData("a+b NOOP", null)]
    public void What_is_no_command_is_refused_and_the_next_one_is_read(string line, string? tag)
    {
        var reader = new ImapCommandReader(ImapLimits.Default);
        var reads = Reads(reader, line + "\r\nz NOOP\r\n");
        var refusal = Assert.IsType<ImapRead.Refused>(reads[0]).Refusal;
        Assert.Equal("BAD", refusal.Status);
        Assert.True(tag is null || refusal.Tag == tag, refusal.Tag);
        Assert.Equal("z", Assert.IsType<ImapRead.Command>(reads[1]).Parsed.Tag);
    }

    [Fact]
    public void A_lone_line_feed_ends_no_command_in_peace()
        => Assert.Equal("BAD", Assert.IsType<ImapRead.Refused>(Reads(new(ImapLimits.Default), "a NOOP\nb NOOP\r\n")[0]).Refusal.Status);

    [Fact]
    public void A_line_without_end_closes()
    {
        var reader = new ImapCommandReader(ImapLimits.Default with { MaxLineOctets = 100 });
        var buffer = Octets("a NOOP " + new string('x', 200));
        Assert.True(Assert.IsType<ImapRead.Refused>(reader.Read(ref buffer)).Refusal.ClosesConnection);
    }

    [Fact]
    public void A_search_nested_without_measure_is_refused()
        => Assert.Equal("BAD", Refusal("a SEARCH " + new string('(', 10_000) + "ALL" + new string(')', 10_000)).Status);

    [Fact]
    public void A_secret_does_not_reach_a_log()
    {
        Assert.DoesNotContain("geheim", Command("a LOGIN emil geheim").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Z2VoZWlt", Command("a AUTHENTICATE PLAIN Z2VoZWlt").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Split_anywhere_the_commands_stay_the_same()
    {
        const string Conversation = "a1 LOGIN {4+}\r\nemil \"x\"\r\nb UID FETCH 1:5,* (FLAGS BODY.PEEK[HEADER.FIELDS (DATE)])\r\n\r\nc SEARCH TEXT {5+}\r\na\r\nb\" 2\r\nd NOSUCH {3+}\r\nabc\r\ne LOGOUT\r\n";
        var whole = Reads(new(ImapLimits.Default), Conversation).Select(r => r.ToString()).ToList();
        Gen.Int[1, Conversation.Length - 1].Array[1, 6].Sample(cuts =>
        {
            var reader = new ImapCommandReader(ImapLimits.Default);
            var reads = new List<ImapRead>();
            var buffer = ReadOnlySequence<byte>.Empty;
            var from = 0;
            foreach (var cut in cuts.Append(Conversation.Length).Distinct().Order())
            {
                buffer = Octets(Encoding.UTF8.GetString(buffer) + Conversation[from..cut]);
                from = cut;
                while (reader.Read(ref buffer) is var read and not ImapRead.NeedsMore)
                {
                    reads.Add(read);
                }
            }

            Assert.Equal(whole, reads.Select(r => r.ToString()));
        });
    }

    [Fact]
    public void Any_octets_are_answered_without_an_exception()
        => Gen.OneOf(Gen.Byte.Array[0, 300], Gen.String["aA1 \r\n{}+~()\"\\[]<>.,:*%$UIDFETCHSEARCHAPPEND"].Select(Encoding.UTF8.GetBytes)).Sample(octets =>
        {
            var reader = new ImapCommandReader(ImapLimits.Default with { MaxLineOctets = 200, MaxLiteralOctets = 50, MaxMessageOctets = 50 });
            var buffer = new ReadOnlySequence<byte>(octets);
            for (var i = 0; i < 1_000 && reader.Read(ref buffer) is var read and not ImapRead.NeedsMore; i++)
            {
                if (read is ImapRead.Message message)
                {
                    buffer = buffer.Slice(Math.Min(message.Octets, buffer.Length));
                    reader.MessageTaken();
                }
                else if (read is ImapRead.Refused { Refusal.ClosesConnection: true })
                {
                    break;
                }
            }
        });

    [Fact]
    public void A_line_that_is_no_command_is_taken_alone()
    {
        var reader = new ImapCommandReader(ImapLimits.Default);
        var buffer = Octets("DO");
        Assert.False(reader.TryReadLine(ref buffer, out _, out var isTooLong));
        Assert.False(isTooLong);
        buffer = Octets("DONE\r\na NOOP\r\n");
        Assert.True(reader.TryReadLine(ref buffer, out var line, out _));
        Assert.Equal("DONE", line);
        Assert.IsType<ImapCommand.Noop>(Assert.IsType<ImapRead.Command>(reader.Read(ref buffer)).Parsed);
        buffer = Octets(new string('x', ImapLimits.Default.MaxLineOctets + 1));
        Assert.False(reader.TryReadLine(ref buffer, out _, out isTooLong));
        Assert.True(isTooLong);
    }

    private static ImapCommand Command(string line) => Assert.IsType<ImapRead.Command>(Reads(new(ImapLimits.Default), line + "\r\n")[^1]).Parsed;

    private static ImapRefusal Refusal(string line) => Assert.IsType<ImapRead.Refused>(Reads(new(ImapLimits.Default), line + "\r\n")[^1]).Refusal;

    private static List<ImapRead> Reads(ImapCommandReader reader, string text)
    {
        var buffer = Octets(text);
        var reads = new List<ImapRead>();
        while (reader.Read(ref buffer) is var read and not ImapRead.NeedsMore)
        {
            reads.Add(read);
        }

        return reads;
    }

    private static ReadOnlySequence<byte> Octets(string text) => new(Encoding.UTF8.GetBytes(text));
}
