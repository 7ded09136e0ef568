using System.Buffers;
using System.Text;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Xmpp.Addresses;
using Plenum.Protocols.Xmpp.Stanzas;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Fuzz.Xmpp;

internal static class XmppTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("xmpp-stream", Tokenize,
            "<?xml version='1.0'?><stream:stream to='plenum.test' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><message to='ada@plenum.test/a' id='1' type='chat'><body>Gr&#252;&#xdf;e &amp; <![CDATA[<b>]]></body><x:y xmlns:x='urn:x' x:z=\"1\"/></message><iq type='get' id='2'/></stream:stream>",
            "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'><presence from='a@b' xml:lang='de'/>"),
        new("xmpp-address", octets => Normalise(Encoding.UTF8.GetString(octets)), "ada@plenum.test/phone", "Ｊürgen@xn--mnchen-3ya.example/♥", "[::1]/x"),
        new("sasl", Exchange, "\0ada\0pencil", "n,,n=ada,r=fyko+d2lbbFgONRv9qkxdawL", "n,a=ada,\u0001auth=Bearer vF9dft4qmT\u0001\u0001", "user=ada\u0001auth=Bearer x\u0001\u0001", "p=tls-exporter,,n=a=2Cb,r=x"),
    ];

    private static void Tokenize(byte[] octets)
    {
        var scanner = new StanzaScanner(XmlLimits.BeforeSignIn);
        var unread = new ReadOnlySequence<byte>(octets);
        while (true)
        {
            var found = scanner.Scan(unread, out var item, out var consumed);
            if (found is ScanResult.StreamOpened)
            {
                StreamHeader.TryRead(item, out _, out _);
            }
            else if (found is not ScanResult.Element)
            {
                return;
            }
            else if (Stanza.TryRead(item, XmlLimits.BeforeSignIn, out var stanza, out _))
            {
                var again = stanza.ToElement();
                FuzzTarget.Require(XmlElement.TryParse(again.ToBytes(), "", out var same) && same.Equals(again), "A written element reads differently.");
            }

            unread = unread.Slice(consumed);
        }
    }

    private static void Normalise(string text)
    {
        if (Jid.TryParse(text, out var once))
        {
            FuzzTarget.Require(Jid.TryParse(once.ToString(), out var twice) && twice == once, "Normalising twice changed the address.");
        }
    }

    private static void Exchange(byte[] octets)
    {
        foreach (var mechanism in (string[])["PLAIN", "LOGIN", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "HT-SHA-256-NONE"])
        {
            FuzzTarget.Require(SaslServer.Create(mechanism, [])?.Respond(octets) is not SaslStep.Succeeded, "Signed in without a verdict.");
        }
    }
}
