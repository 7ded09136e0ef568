using System.Text;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Xmpp.Caps;
using Plenum.Protocols.Xmpp.Forms;
using Plenum.Protocols.Xmpp.Negotiation;
using Plenum.Protocols.Xmpp.Stanzas;
using Plenum.Protocols.Xmpp.Stream;

namespace Plenum.Protocols.Tests.Xmpp;

public sealed class NegotiationTests
{
    private static readonly DataForm SoftwareForm = new("result",
    [
        new("FORM_TYPE", "hidden", ["urn:xmpp:dataforms:softwareinfo"]), new("ip_version", null, ["ipv4", "ipv6"]), new("os", null, ["Mac"]),
        new("os_version", null, ["10.5.1"]), new("software", null, ["Psi"]), new("software_version", null, ["0.11"]),
    ]);

    [Fact]
    public void The_verification_strings_of_XEP_0115_come_out()
    {
        string[] features = ["http://jabber.org/protocol/muc", "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/caps"];
        Assert.True(new DiscoInfo([new("client", "pc", "Exodus 0.9.1")], features, []).TryVerification(out var simple));
        Assert.Equal("QgayPKawpkPSDYmwT/WM94uAlu0=", simple);
        Assert.True(new DiscoInfo([new("client", "pc", "Psi 0.11", "en"), new("client", "pc", "\u03A8 0.11", "el")], features, [SoftwareForm]).TryVerification(out var complex));
        Assert.Equal("q07IKJEyjvHSyhy//CH0CxmKi8w=", complex);
        Assert.False(new DiscoInfo([new("client", "pc"), new("client", "pc")], features, []).TryVerification(out _));
    }

    [Fact]
    public void The_simple_hash_of_XEP_0390_comes_out()
    {
        string[] features = ["http://jabber.org/protocol/si", "http://jabber.org/protocol/bytestreams", "http://jabber.org/protocol/chatstates", "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items", "urn:xmpp:ping", "jabber:iq:time", "jabber:iq:privacy", "jabber:iq:version", "http://jabber.org/protocol/rosterx", "urn:xmpp:time",
            "jabber:x:oob", "http://jabber.org/protocol/ibb", "http://jabber.org/protocol/si/profile/file-transfer", "urn:xmpp:receipts", "jabber:iq:roster", "jabber:iq:last"];
        var info = new DiscoInfo([new("client", "mobile", "BombusMod")], features, []);
        Assert.True(DiscoInfo.TryRead(info.ToXml(), out var read));
        Assert.True(read.TrySha256(out var hash));
        Assert.Equal("kzBZbkqJ3ADrj7v08reD1qcWUwNGHaidNUgD7nHpiw8=", hash);
        Assert.Equal("urn:xmpp:caps#sha-256.kzBZbkqJ3ADrj7v08reD1qcWUwNGHaidNUgD7nHpiw8=", DiscoInfo.HashNode("sha-256", hash));
    }

    [Fact]
    public void Features_are_written_and_read()
    {
        var features = new StreamFeatures(true, ["PLAIN"], new AuthenticationFeature(["SCRAM-SHA-256"], ["SCRAM-SHA-1"], ["urn:xmpp:sm:3"], ["HT-SHA-256-NONE"], true), ["tls-exporter"], true, true);
        Assert.True(StreamFeatures.TryRead(Again(features.ToXml()), out var read));
        Assert.Equal(features.ToXml(), read.ToXml());
        Assert.Equal(["urn:xmpp:sm:3"], read.Authentication?.BindFeatures);
    }

    [Fact]
    public void An_authentication_with_everything_inline_is_written_and_read()
    {
        var request = new Authenticate("HT-SHA-256-EXPR", "x"u8.ToArray(), "SCRAM-SHA-256", new UserAgent("d4", "Chat", "Phone"),
            new BindRequest("Chat", [new XmlElement("enable", "urn:xmpp:carbons:2")]), "HT-SHA-256-EXPR", new FastRequest(7, true), new StreamManagementNonza.Resume("p", 3));
        Assert.True(Authenticate.TryRead(Again(request.ToXml()), out var read));
        Assert.Equal(request.ToXml(), read.ToXml());
        Assert.Equal(new FastRequest(7, true), read.Fast);
        Assert.Equal(uint.MaxValue, StreamManagementNonza.TryRead(Again(new StreamManagementNonza.Answer(uint.MaxValue).ToXml()), out var a) ? ((StreamManagementNonza.Answer)a).Handled : 0);
        Assert.False(Authenticate.TryRead(new XmlElement("authenticate", AuthenticationFeature.Namespace), out _));
    }

    [Fact]
    public void A_success_carries_data_name_token_and_what_was_asked_inline()
    {
        var bound = new XmlElement("bound", AuthenticationFeature.BindNamespace);
        var success = Again(new AuthenticationSuccess("ada@plenum.test/x", "v=1"u8.ToArray(), [bound], new FastToken("secret", DateTimeOffset.UnixEpoch)).ToXml());
        Assert.Equal("ada@plenum.test/x", success.Child("authorization-identifier")!.Text);
        Assert.True(SaslOctets.TryRead(success.Child("additional-data")!, out var octets));
        Assert.Equal("v=1"u8, octets);
        Assert.Equal("1970-01-01T00:00:00Z", success.Child("token", AuthenticationFeature.FastNamespace)!["expiry"]);
        Assert.Equal(bound, success.Children[^1]);
    }

    [Theory]
    [InlineData("=", true)]
    [InlineData("", true)]
    [InlineData("dj0x", true)]
    [InlineData("dj0", false)]
    [InlineData("*", false)]
    public void A_message_is_base64_or_an_equals_sign(string text, bool isRight)
        => Assert.Equal(isRight, SaslOctets.TryRead(XmlElement.OfText("response", SaslOctets.LegacyNamespace, text), out _));

    [Fact]
    public void A_challenge_and_a_failure_are_written_for_both_profiles()
    {
        Assert.Equal("djE=", SaslOctets.Challenge("v1"u8, AuthenticationFeature.Namespace).Text);
        var failure = Again(SaslOctets.Failure(SaslFailure.NotAuthorized, AuthenticationFeature.Namespace));
        Assert.True(failure.Is("failure", AuthenticationFeature.Namespace));
        Assert.NotNull(failure.Child("not-authorized", SaslOctets.LegacyNamespace));
    }

    [Fact]
    public void Every_error_condition_is_written_and_read()
    {
        foreach (var condition in Enum.GetValues<StanzaErrorCondition>())
        {
            var error = new StanzaError(condition, "why");
            Assert.True(StanzaError.TryRead(Again(error.ToXml()), out var read));
            Assert.Equal(error, read);
        }

        foreach (var condition in Enum.GetValues<StreamErrorCondition>())
        {
            Assert.True(StreamError.TryRead(Again(new StreamError(condition, "why").ToXml()), out var read));
            Assert.Equal(new StreamError(condition, "why"), read);
        }
    }

    [Fact]
    public void Forms_and_pages_are_written_and_read()
    {
        var form = SoftwareForm with { Title = "T", Instructions = ["do"], Reported = [new("a", null, [])], Items = [[new("a", null, ["1"])]] };
        Assert.True(DataForm.TryRead(Again(form.ToXml()), out var read));
        Assert.Equal(form.ToXml(), read.ToXml());
        Assert.Equal("urn:xmpp:dataforms:softwareinfo", read.FormType);
        var page = new ResultSet(10, Before: "", First: "a", FirstIndex: 0, Last: "b", Count: 800);
        Assert.True(ResultSet.TryRead(Again(page.ToXml()), out var set));
        Assert.Equal(page, set);
        Assert.False(ResultSet.TryRead(new XmlElement("set", ResultSet.Namespace, XmlElement.OfText("max", ResultSet.Namespace, "-1")), out _));
    }

    private static XmlElement Again(XmlElement element)
    {
        Assert.True(XmlElement.TryParse(element.ToBytes(), "", out var read), Encoding.UTF8.GetString(element.ToBytes()));
        return read;
    }
}
