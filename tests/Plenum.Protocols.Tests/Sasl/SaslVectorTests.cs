using System.Text;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Sasl.Precis;
using Plenum.Protocols.Sasl.Scram;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Sasl;

/// <summary>The exchanges printed in the standards, run on both ends, and the tables of RFC 4013 and RFC 8265.</summary>
public sealed class SaslVectorTests
{
    // The binding of the example in XEP-0388 §2.3, taken out of its c= attribute.
    private const string XepChannel = "cD10bHMtZXhwb3J0ZXIsLMcoQvOdBDePd4OswlmAWV3dg1a1Wh1tYPTBwVid10VU";

    [Fact]
    public void Every_published_vector_comes_out()
    {
        var cases = new List<(string Name, Func<bool> Passes)>
        {
            ("RFC 5802 §5", () => Scram(ScramHash.Sha1, "fyko+d2lbbFgONRv9qkxdawL", "3rfcNHYJY1ZVvWVs7j", "QSXCR+Q6sek8bf92", null,
                "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "rmF9pqV8S7suAoZWja4dJRkFsKQ=")),
            ("RFC 7677 §3", () => Scram(ScramHash.Sha256, "rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "W22ZaJ0SNY7soEsUEjb6gQ==", null,
                "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")),
            ("RFC 4616 §4 first", () => Plain("\0tim\0tanstaaftanstaaf", "tim", "tanstaaftanstaaf", null)),
            ("RFC 4616 §4 second", () => Plain("Ursel\0Kurt\0xipj3plmq", "Kurt", "xipj3plmq", "Ursel")),
            ("RFC 7628 §4.1", () => new OAuthBearerServer().Respond(Encoding.UTF8.GetBytes(
                "n,a=user@example.com,\u0001host=server.example.com\u0001port=143\u0001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u0001\u0001"))
                is SaslStep.NeedsBearerVerdict { Username: "user@example.com", Token: "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==" }),
            ("RFC 4013 §3 1", () => Prepares("I\u00ADX", "IX")),
            ("RFC 4013 §3 2", () => Prepares("user", "user")),
            ("RFC 4013 §3 3", () => Prepares("USER", "USER")),
            ("RFC 4013 §3 4", () => Prepares("\u00AA", "a")),
            ("RFC 4013 §3 5", () => Prepares("\u2168", "IX")),
            ("RFC 4013 §3 6", () => !SaslPrep.TryPrepare("\u0007", out _)),
            ("RFC 4013 §3 7", () => !SaslPrep.TryPrepare("\u0627\u0031", out _)),
            ("RFC 8265 §3.5 1", () => Maps("juliet@example.com", "juliet@example.com")),
            ("RFC 8265 §3.5 2", () => Maps("fussball", "fussball")),
            ("RFC 8265 §3.5 3", () => Maps("fu\u00DFball", "fu\u00DFball")),
            ("RFC 8265 §3.5 4", () => Maps("\u03C0", "\u03C0")),
            ("RFC 8265 §3.5 5", () => Maps("\u03A3", "\u03C3")),
            ("RFC 8265 §3.5 6", () => Maps("\u03C3", "\u03C3")),
            ("RFC 8265 §3.5 7", () => Maps("\u03C2", "\u03C2")),
            ("RFC 8265 §3.5 8", () => !PrecisProfile.TryUsernameCaseMapped("foo bar", out _)),
            ("RFC 8265 §3.5 9", () => !PrecisProfile.TryUsernameCaseMapped("", out _)),
            ("RFC 8265 §3.5 10", () => !PrecisProfile.TryUsernameCaseMapped("henry\u2163", out _)),
            ("RFC 8265 §3.5 11", () => !PrecisProfile.TryUsernameCaseMapped("\u265A", out _)),
            ("RFC 8265 §4.3 1", () => Keeps("correct horse battery staple", "correct horse battery staple")),
            ("RFC 8265 §4.3 2", () => Keeps("Correct Horse Battery Staple", "Correct Horse Battery Staple")),
            ("RFC 8265 §4.3 3", () => Keeps("\u03C0\u00DF\u00E5", "\u03C0\u00DF\u00E5")),
            ("RFC 8265 §4.3 4", () => Keeps("Jack of \u2666s", "Jack of \u2666s")),
            ("RFC 8265 §4.3 5", () => Keeps("foo\u1680bar", "foo bar")),
            ("RFC 8265 §4.3 6", () => !PrecisProfile.TryOpaqueString("", out _)),
            ("RFC 8265 §4.3 7", () => !PrecisProfile.TryOpaqueString("my cat is a \u0009by", out _)),
        };

        var failed = cases.Where(c => !c.Passes()).Select(c => c.Name).ToList();
        VectorSet.Report("sasl", cases.Count - failed.Count, cases.Count);
        Assert.Empty(failed);
    }

    // The proof printed in XEP-0388 does not belong to the messages printed there; these values were computed by a second implementation.
    [Fact]
    public void A_bound_exchange_over_the_messages_of_XEP_0388_comes_out()
        => Assert.True(Scram(ScramHash.Sha1, "12C4CD5C-E38E-4A98-8F6D-15C38F51CCC6", "a09117a6-ac50-4f2f-93f1-93799c2bddf6", "QSXCR+Q6sek8bf92",
            new ChannelBinding(ChannelBinding.TlsExporter, Convert.FromBase64String(XepChannel).AsMemory("p=tls-exporter,,".Length)),
            "+8UyrQAeVIqsH2YovGeGTRx6zBM=", "GRqYg0SPMGrqPRk5HfMz9nGHq94="));

    private static bool Scram(ScramHash hash, string clientNonce, string serverNonce, string salt, ChannelBinding? binding, string proof, string signature)
    {
        var client = new ScramClient("user", "pencil", hash, binding, clientNonce);
        var server = new ScramServer(hash, binding is not null, binding is null ? [] : [binding], serverNonce);
        var verifier = ScramVerifier.Create("pencil", Convert.FromBase64String(salt), 4096, hash);
        return server.Respond(client.Start()) is SaslStep.NeedsVerifier { Username: "user" }
            && server.Supply(new SaslAnswer.Verifier(verifier)) is SaslStep.Challenge first
            && Encoding.UTF8.GetString(first.Octets.Span) == $"r={clientNonce}{serverNonce},s={salt},i=4096"
            && client.TryRespond(first.Octets.Span, out var final)
            && Encoding.UTF8.GetString(final.Span).EndsWith(",p=" + proof, StringComparison.Ordinal)
            && server.Respond(final) is SaslStep.Succeeded { Username: "user", Octets: { } last }
            && Encoding.UTF8.GetString(last.Span) == "v=" + signature
            && client.Verify(last);
    }

    private static bool Plain(string message, string username, string password, string? authorizationId)
        => new PlainServer().Respond(Encoding.UTF8.GetBytes(message)) is SaslStep.NeedsPasswordVerdict claim
            && (claim.Username, claim.Password, claim.AuthorizationId) == (username, password, authorizationId);

    private static bool Prepares(string from, string to) => SaslPrep.TryPrepare(from, out var prepared) && prepared == to;

    private static bool Maps(string from, string to) => PrecisProfile.TryUsernameCaseMapped(from, out var prepared) && prepared == to;

    private static bool Keeps(string from, string to) => PrecisProfile.TryOpaqueString(from, out var prepared) && prepared == to;
}
