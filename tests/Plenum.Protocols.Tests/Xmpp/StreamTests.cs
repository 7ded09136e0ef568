using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Plenum.Protocols.Xmpp.Stanzas;
using Plenum.Protocols.Xmpp.Stream;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Xmpp;

public sealed partial class StreamTests
{
    private const string Header = "<?xml version='1.0'?><stream:stream to='plenum.test' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    private const string Talk = Header + " <message to='a@b/c' type=\"chat\"><body>1 &gt; 0 &#x41; <![CDATA[<x>]]></body></message>\n<presence/><iq id='>' type='get'><q xmlns='u'/></iq></stream:stream>";

    private static readonly string[] Pieces = ["<", ">", "/", "a", "='", "'", "\"", "&", ";", "xmlns:", "<![CDATA[", "]]>", " ", "\u00E4", "<a>", "</a>", "&amp;"];

    [Fact]
    public void The_utf8_table_is_judged_right()
    {
        if (!SharedData.TryFind("xmpp-samples/utf8_sequences.txt", out var path))
        {
            VectorSet.ReportAbsent("xmpp-utf8");
            return;
        }

        var passed = 0;
        var lines = File.ReadAllLines(path).Where(l => l.StartsWith("Should", StringComparison.Ordinal)).ToList();
        foreach (var line in lines)
        {
            var octets = line.Split(':', '#')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(h => byte.Parse(h, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            passed += XmlCharacters.IsUtf8(octets) == line.StartsWith("Should pass", StringComparison.Ordinal) ? 1 : 0;
        }

        VectorSet.Report("xmpp-utf8", passed, lines.Count);
        Assert.Equal(lines.Count, passed);
    }

    [Fact]
    public void Every_stanza_of_the_dialogues_is_read_and_re_addressed()
    {
        if (!SharedData.TryFind("xmpp-samples/prosody-scansion", out var folder))
        {
            return;
        }

        var read = 0;
        foreach (var file in Directory.GetFiles(folder, "*.scs"))
        {
            foreach (var xml in Stanzas(File.ReadAllText(file)))
            {
                Assert.True(Stanza.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(xml)), XmlLimits.Client, out var stanza, out var error, [("scansion", "urn:scansion")]), $"{file}: {error}: {xml}");
                var element = stanza.ToElement();
                Assert.True(XmlElement.TryParse(element.ToBytes(), "", out var again));
                Assert.Equal(element, again);
                var output = new ArrayBufferWriter<byte>();
                stanza.WriteTo(output, Stanza.Escaped("new@plenum.test"), Stanza.Escaped("o'neill@plenum.test/<x>"));
                Assert.True(Stanza.TryRead(new ReadOnlySequence<byte>(output.WrittenMemory), XmlLimits.Client, out var moved, out _));
                Assert.Equal(("new@plenum.test", "o'neill@plenum.test/<x>", stanza.Id, stanza.Type), (moved.To, moved.From, moved.Id, moved.Type));
                read++;
            }
        }

        Assert.True(read > 400, $"{read} stanzas");
    }

    [Fact]
    public void The_examples_of_XEP_0227_are_read()
    {
        if (!SharedData.TryFind("xmpp-samples/xep-0227-v0.2", out var folder))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(folder, "*.xml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file).Trim();
            text = text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..].Trim();
            Assert.True(XmlElement.TryParse(Encoding.UTF8.GetBytes(text), "", out var element), file);
            Assert.Equal("http://www.xmpp.org/extensions/xep-0227.html#ns", element.Namespace);
        }
    }

    [Fact]
    public void Split_anywhere_the_same_comes_out()
    {
        var whole = Items(Talk, []);
        Assert.Equal(5, whole.Count);
        Gen.Int[0, Talk.Length].Array[0, 8].Sample(cuts => Assert.Equal(whole, Items(Talk, cuts)), iter: 500);
        Assert.Equal(whole, Items(Talk, [.. Enumerable.Range(0, Talk.Length)]));
    }

    [Theory]
    [InlineData("<!DOCTYPE x>", StreamErrorCondition.RestrictedXml)]
    [InlineData("<message><!-- c --></message>", StreamErrorCondition.RestrictedXml)]
    [InlineData("<message><?pi x?></message>", StreamErrorCondition.RestrictedXml)]
    [InlineData("<message>&lol;</message>", StreamErrorCondition.RestrictedXml)]
    [InlineData("<message a='&lol;'/>", StreamErrorCondition.RestrictedXml)]
    [InlineData("<message></presence>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message a='1' a='2'/>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message a=1/>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message a='<'/>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message><p:x/></message>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message xmlns:a='u' xmlns:b='u' a:x='' b:x=''/>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message>]]></message>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message>\u0001</message>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message>\uFFFE</message>", StreamErrorCondition.NotWellFormed)]
    [InlineData("<message>&#0;</message>", StreamErrorCondition.RestrictedXml)]
    [InlineData("text", StreamErrorCondition.NotWellFormed)]
    public void Forbidden_xml_names_its_condition(string xml, StreamErrorCondition expected) => Assert.Equal(expected, ErrorOf(xml, XmlLimits.Client));

    [Fact]
    public void Limits_are_kept_before_the_stanza_is_whole()
    {
        Assert.Equal(StreamErrorCondition.PolicyViolation, ErrorOf("<message>" + new string('x', 10_001), XmlLimits.BeforeSignIn));
        Assert.Equal(StreamErrorCondition.PolicyViolation, ErrorOf(string.Concat(Enumerable.Repeat("<a>", 17)), XmlLimits.BeforeSignIn));
        Assert.Equal(StreamErrorCondition.PolicyViolation, ErrorOf($"<a {string.Concat(Enumerable.Range(0, 17).Select(i => $"a{i}='' "))}/>", XmlLimits.BeforeSignIn));
        Assert.Equal(StreamErrorCondition.PolicyViolation, ErrorOf($"<a {string.Concat(Enumerable.Range(0, 8).Select(i => $"xmlns:a{i}='u' "))}/>", XmlLimits.BeforeSignIn with { MaxNamespaces = 7 }));
    }

    [Fact]
    public void A_header_is_read_and_written()
    {
        var header = new StreamHeader(StreamHeader.Client, "plenum.test", "ada@plenum.test", "s1", "1.0", "de");
        var output = new ArrayBufferWriter<byte>();
        header.WriteTo(output);
        Assert.True(StreamHeader.TryRead(new ReadOnlySequence<byte>(output.WrittenMemory), out var read, out _));
        Assert.Equal(header with { Prefixes = read.Prefixes }, read);
        Assert.False(StreamHeader.TryRead(new ReadOnlySequence<byte>("<stream:stream xmlns:stream='x'>"u8.ToArray()), out _, out var error));
        Assert.Equal(StreamErrorCondition.InvalidNamespace, error);
    }

    [Fact]
    public void A_prefix_of_the_stream_header_is_declared_in_the_stanza()
    {
        Assert.True(Stanza.TryRead(new ReadOnlySequence<byte>("<message><p:x/></message>"u8.ToArray()), XmlLimits.Client, out var stanza, out _, [("p", "urn:p")]));
        Assert.Equal("<message xmlns:p='urn:p'><p:x/></message>", stanza.ToString());
        Assert.Equal("urn:p", stanza.ToElement().Children[0].Namespace);
    }

    [Fact]
    public void Any_text_survives_writing_and_reading()
        => Gen.Select(Gen.String, Gen.String).Sample((value, text) =>
        {
            var clean = Clean(text);
            var element = XmlElement.OfText("body", "jabber:client", clean).With("a", Clean(value));
            Assert.True(XmlElement.TryParse(element.ToBytes(), "", out var read));
            Assert.Equal(element, read);
        }, iter: 500);

    [Fact]
    public void No_octets_make_the_parser_throw()
        => Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 30], Gen.Byte.Array[0, 4])
            .Sample((parts, noise) =>
            {
                byte[] octets = [.. Encoding.UTF8.GetBytes(string.Concat(parts)), .. noise];
                var scanner = new StanzaScanner(XmlLimits.Client);
                scanner.OpenWithoutTag();
                scanner.Scan(new ReadOnlySequence<byte>(octets), out _, out _);
                Stanza.TryRead(new ReadOnlySequence<byte>(octets), XmlLimits.Client, out _, out _);
                XmlElement.TryParse(octets, "", out _);
            }, iter: 5000);

    [Theory]
    [InlineData("<message note='1 > 0' xmlns:q='urn:own'><r:x/></message>")]
    [InlineData("<message xmlns:rr='urn:own'><r:x/></message>")]
    [InlineData("<message note='xmlns:r='><r:x/></message>")]
    public void A_prefix_of_the_stream_is_declared_where_the_stanza_does_not(string xml)
    {
        Assert.True(Stanza.TryRead(new(Encoding.UTF8.GetBytes(xml)), XmlLimits.Client, out var stanza, out var error, [("q", "urn:q"), ("r", "urn:r")]), $"{error}");
        Assert.Equal("urn:r", Assert.Single(stanza.ToElement().Children).Namespace);
    }

    [Fact]
    public void After_a_restart_a_new_stream_begins()
    {
        var header = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Header));
        var scanner = new StanzaScanner(XmlLimits.BeforeSignIn);
        Assert.Equal(ScanResult.StreamOpened, scanner.Scan(header, out _, out _));
        Assert.Equal(ScanResult.NeedsMore, scanner.Scan(new("<iq><x>"u8.ToArray()), out _, out _));
        scanner.Restart();
        Assert.False(scanner.IsOpen);
        Assert.Equal(ScanResult.StreamOpened, scanner.Scan(header, out _, out _));
    }

    [Fact]
    public void Addresses_are_compared_as_octets()
    {
        Assert.True(Stanza.TryRead(new("<iq to='a@b' type='get'/>"u8.ToArray()), XmlLimits.Client, out var stanza, out _));
        Assert.True(stanza.ToOctets.SequenceEqual("a@b"u8));
        Assert.True(stanza.TypeOctets.SequenceEqual("get"u8));
        Assert.True(stanza.FromOctets.IsEmpty);
    }

    [Fact]
    public void Routing_a_stanza_allocates_twice()
    {
        var octets = new ReadOnlySequence<byte>("<message to='a@b/c' type='chat'><body>hello there</body></message>"u8.ToArray());
        var to = Stanza.Escaped("x@plenum.test");
        var output = new ArrayBufferWriter<byte>(1 << 16);
        var scanner = new StanzaScanner(XmlLimits.Client);
        scanner.OpenWithoutTag();
        Route(scanner, octets, to, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Route(scanner, octets, to, output);
        }

        // The array (24 + 67, rounded) and the object (under 100 octets): a third allocation would not fit.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 100, 220);
    }

    private static void Route(StanzaScanner scanner, ReadOnlySequence<byte> octets, ReadOnlyMemory<byte> to, ArrayBufferWriter<byte> output)
    {
        // No assertions here: they allocate.
        scanner.Scan(octets, out var item, out _);
        Stanza.TryRead(item, XmlLimits.Client, out var stanza, out _);
        stanza.WriteTo(output, to);
    }

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r => XmlCharacters.IsXml(r.Value) ? r.ToString() : "\uFFFD"));

    private static StreamErrorCondition? ErrorOf(string xml, XmlLimits limits)
    {
        var scanner = new StanzaScanner(limits);
        scanner.OpenWithoutTag();
        return scanner.Scan(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(xml)), out var item, out _) switch
        {
            ScanResult.Failed => scanner.Error,
            ScanResult.Element when !Stanza.TryRead(item, limits, out _, out var error) => error,
            _ => null,
        };
    }

    // Feeds the text cut at these places, keeping what was not consumed, as a pipe does.
    private static List<string> Items(string text, int[] cuts)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var scanner = new StanzaScanner(XmlLimits.Client);
        var items = new List<string>();
        var unread = 0;
        foreach (var end in cuts.Append(octets.Length).Order())
        {
            while (true)
            {
                var buffer = new ReadOnlySequence<byte>(octets, unread, end - unread);
                var result = scanner.Scan(buffer, out var item, out var consumed);
                unread += (int)buffer.Slice(0, consumed).Length;
                if (result is ScanResult.NeedsMore)
                {
                    break;
                }

                items.Add($"{result} {Encoding.UTF8.GetString(item)}");
            }
        }

        return items;
    }

    private static IEnumerable<string> Stanzas(string script)
        => Step().Matches(script[script.IndexOf("---", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value.Trim())
            .Where(x => x.StartsWith('<')).SelectMany(TopLevel);

    // A step may hold several stanzas in a row.
    private static IEnumerable<string> TopLevel(string xml)
    {
        var octets = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Capture().Replace(Variable().Replace(xml, m => m.Value.Replace("'", "&apos;", StringComparison.Ordinal)), "x")));
        var scanner = new StanzaScanner(XmlLimits.Client);
        scanner.OpenWithoutTag();
        while (scanner.Scan(octets, out var item, out var consumed) is ScanResult.Element)
        {
            octets = octets.Slice(consumed);
            yield return Encoding.UTF8.GetString(item);
        }
    }

    [GeneratedRegex(@"(?:sends|receives):?[ \t]*\n(.*?)(?=\n\S|\z)", RegexOptions.Singleline)]
    private static partial Regex Step();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{scansion:[^}]*\}")]
    private static partial Regex Capture();
}
