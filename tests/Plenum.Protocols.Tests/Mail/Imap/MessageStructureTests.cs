using System.Buffers;
using System.Text;
using Plenum.Protocols.Mail.Imap.Commands;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;

namespace Plenum.Protocols.Tests.Mail.Imap;

public sealed class MessageStructureTests
{
    private const string Mixed =
        "From: Emil Ebner <emil@example.org>\r\n" +
        "To: Liste: dilek@example.org, \"Bernd, B.\" <bernd@example.org>;\r\n" +
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n an alle\r\n" +
        "Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)\r\n" +
        "Message-ID: <B27397-0100000@example.org>\r\n" +
        "MIME-Version: 1.0\r\n" +
        "Content-Type: multipart/mixed; boundary=\"one\"\r\n" +
        "\r\n" +
        "preamble\r\n" +
        "--one\r\n" +
        "Content-Type: text/plain; charset=utf-8\r\n" +
        "Content-Language: de, en\r\n" +
        "\r\n" +
        "Hallo\r\nWelt\r\n" +
        "--one\r\n" +
        "Content-Type: message/rfc822\r\n" +
        "Content-Disposition: attachment; filename=\"alt.eml\"\r\n" +
        "\r\n" +
        "From: a@example.net\r\n" +
        "Subject: innen\r\n" +
        "Content-Type: multipart/alternative; boundary=two\r\n" +
        "\r\n" +
        "--two\r\n" +
        "\r\n" +
        "eins\r\n" +
        "--two\r\n" +
        "Content-Type: text/html\r\n" +
        "Content-Transfer-Encoding: base64\r\n" +
        "\r\n" +
        "PGI+\r\n" +
        "--two--\r\n" +
        "\r\n" +
        "--one--\r\n" +
        "epilogue\r\n";

    [Fact]
    public void The_envelope_reads_as_the_standard_writes_it()
        => Assert.Equal(
            "(\"Mon, 7 Feb 1994 21:52:25 -0800 (PST)\" \"=?utf-8?q?Gr=C3=BC=C3=9Fe?= an alle\" ((\"Emil Ebner\" NIL \"emil\" \"example.org\")) " +
            "((\"Emil Ebner\" NIL \"emil\" \"example.org\")) ((\"Emil Ebner\" NIL \"emil\" \"example.org\")) " +
            "((NIL NIL \"Liste\" NIL)(NIL NIL \"dilek\" \"example.org\")(\"Bernd, B.\" NIL \"bernd\" \"example.org\")(NIL NIL NIL NIL)) NIL NIL NIL \"<B27397-0100000@example.org>\")",
            Written(w => w.Envelope(Read(Mixed).Envelope)));

    [Fact]
    public void The_structure_reads_as_the_standard_writes_it()
        => Assert.Equal(
            "((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 11 1 NIL NIL (\"de\" \"en\") NIL)" +
            "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 189 (NIL \"innen\" ((NIL NIL \"a\" \"example.net\")) ((NIL NIL \"a\" \"example.net\")) ((NIL NIL \"a\" \"example.net\")) NIL NIL NIL NIL NIL) " +
            "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 4 0 NIL NIL NIL NIL)(\"text\" \"html\" NIL NIL NIL \"base64\" 4 0 NIL NIL NIL NIL) \"alternative\" (\"boundary\" \"two\") NIL NIL NIL) 13 NIL (\"attachment\" (\"filename\" \"alt.eml\")) NIL NIL) " +
            "\"mixed\" (\"boundary\" \"one\") NIL NIL NIL)",
            Written(w => w.Structure(Read(Mixed).Body, isExtensible: true)));

    [Theory]
    [InlineData("", SectionText.All, Mixed)]
    [InlineData("1", SectionText.All, "Hallo\r\nWelt")]
    [InlineData("1", SectionText.Mime, "Content-Type: text/plain; charset=utf-8\r\nContent-Language: de, en\r\n\r\n")]
    [InlineData("2", SectionText.Header, "From: a@example.net\r\nSubject: innen\r\nContent-Type: multipart/alternative; boundary=two\r\n\r\n")]
    [InlineData("2.1", SectionText.All, "eins")]
    [InlineData("2.2", SectionText.All, "PGI+")]
    [InlineData("2.2", SectionText.Mime, "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n")]
    [InlineData("1", SectionText.Text, null)]
    [InlineData("3", SectionText.All, null)]
    [InlineData("1.1", SectionText.All, null)]
    [InlineData("2.1.1", SectionText.All, null)]
    public void A_section_is_found_where_it_lies(string part, SectionText what, string? expected)
    {
        var path = part.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        var found = Read(Mixed).TryLocate(new(path, what, []), out var range);
        Assert.Equal(expected, found ? Mixed[(int)range.Start..(int)range.End] : null);
    }

    [Fact]
    public void Part_one_of_a_plain_message_is_its_body()
    {
        const string Plain = "Subject: x\r\n\r\nHallo\r\n";
        var message = Read(Plain);
        Assert.True(message.TryLocate(new([1], SectionText.All, []), out var body));
        Assert.Equal("Hallo\r\n", Plain[(int)body.Start..(int)body.End]);
        Assert.True(message.TryLocate(new([1], SectionText.Mime, []), out var header));
        Assert.Equal("Subject: x\r\n\r\n", Plain[(int)header.Start..(int)header.End]);
        Assert.Equal("(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 7 1)", Written(w => w.Structure(message.Body, isExtensible: false)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("Subject: only a header")]
    [InlineData("no header at all\r\njust text\r\n")]
    [InlineData("Content-Type: multipart/mixed\r\n\r\nno boundary\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n")]
    [InlineData("Content-Type: message/rfc822\r\n\r\n")]
    [InlineData("Content-Type: nonsense\r\n\r\ntext\r\n")]
    [InlineData("Content-Type: ;;;=\r\nFrom: <<>>,,(((\r\nTo: \"open\r\n\r\ntext\r\n")]
    public void Broken_mails_have_a_structure_too(string mail)
    {
        var message = Read(mail);
        Assert.Equal(mail.Length, message.EndAt);
        Assert.StartsWith("(", Written(w => w.Structure(message.Body, isExtensible: true)), StringComparison.Ordinal);
        Assert.StartsWith("(", Written(w => w.Envelope(message.Envelope)), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_hundred_levels_of_nesting_end_in_bounds()
    {
        var mail = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            mail.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
        }

        mail.Append("\r\ntext\r\n");
        Assert.True(Read(mail.ToString()).Body.IsMultipart);
    }

    [Theory]
    [InlineData("emil@example.org (Emil Ebner)", "((\"Emil Ebner\" NIL \"emil\" \"example.org\"))")]
    [InlineData("Emil <@a.example,@b.example:emil@example.org>", "((\"Emil\" \"@a.example,@b.example\" \"emil\" \"example.org\"))")]
    [InlineData("undisclosed-recipients:;", "((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL))")]
    [InlineData("root", "((NIL NIL \"root\" \"\"))")]
    [InlineData("\"a b\"@[192.0.2.1]", "((NIL NIL \"ab\" \"[192.0.2.1]\"))")]
    [InlineData("=?utf-8?q?J=C3=B6rg?= <j@x.example>, , b@y.example", "((\"=?utf-8?q?J=C3=B6rg?=\" NIL \"j\" \"x.example\")(NIL NIL \"b\" \"y.example\"))")]
    public void Addresses_are_taken_apart(string field, string expected)
    {
        var envelope = Read($"To: {field}\r\n\r\n").Envelope;
        Assert.Contains($"NIL NIL NIL {expected} NIL NIL NIL NIL", Written(w => w.Envelope(envelope)), StringComparison.Ordinal);
    }

    [Fact]
    public void Header_fields_are_chosen_as_they_stand()
    {
        var header = "Received: a\r\n\tb\r\nSubject: x\r\nreceived: c\r\n\r\n"u8;
        Assert.Equal("Received: a\r\n\tb\r\nreceived: c\r\n\r\n", Selected(header, new([], SectionText.HeaderFields, ["RECEIVED"])));
        Assert.Equal("Subject: x\r\n\r\n", Selected(header, new([], SectionText.HeaderFieldsNot, ["Received"])));
        Assert.Equal("\r\n", Selected(header, new([], SectionText.HeaderFields, ["Bcc"])));
    }

    [Theory]
    [InlineData("plain", false, "\"plain\"")]
    [InlineData("q\"\\", false, "\"q\\\"\\\\\"")]
    [InlineData("zwei\r\nZeilen", false, "{12}\r\nzwei\r\nZeilen")]
    [InlineData("Grüße", false, "{7}\r\nGrüße")]
    [InlineData("Grüße", true, "\"Grüße\"")]
    [InlineData("", false, "\"\"")]
    public void A_text_is_quoted_or_a_literal(string text, bool usesUtf8, string expected)
        => Assert.Equal(expected, Written(w =>
        {
            w.UsesUtf8 = usesUtf8;
            w.Text(text);
        }));

    [Fact]
    public void Responses_have_their_standard_form()
    {
        Assert.Equal("a1 OK [READ-WRITE] done\r\n", Written(w => w.Status("a1", "OK", "READ-WRITE", "done")));
        Assert.Equal("* BYE two lines\r\n", Written(w => w.Status(null, "BYE", null, "two\r\nlines")));
        Assert.Equal("* 3 FETCH (FLAGS (\\Seen) INTERNALDATE \" 7-Feb-1994 21:52:25 -0800\")\r\n", Written(w => w.Untagged("FETCH", 3).Open().Atom("FLAGS")
            .Flags([@"\Seen"]).Atom("INTERNALDATE").DateTime(new(1994, 2, 7, 21, 52, 25, TimeSpan.FromHours(-8))).Close().EndLine()));
        Assert.Equal("BODY[1.HEADER.FIELDS (DATE \"a b\")]<7>", Written(w => w.SectionName(new FetchItem.Section(new([1], SectionText.HeaderFields, ["DATE", "a b"]), new Partial(7, 9), IsPeek: true))));
        Assert.Equal("\"Entw&APw-rfe\"", Written(w => w.Mailbox("Entwürfe")));
    }

    private static MessageStructure Read(string mail) => MessageStructure.Read(new MemoryStream(Encoding.Latin1.GetBytes(mail)));

    private static string Written(Action<ImapResponseWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Selected(ReadOnlySpan<byte> header, BodySection section)
    {
        var output = new ArrayBufferWriter<byte>();
        HeaderSelection.Write(header, section, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
