using System.Text;
using CsCheck;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Protocols.Tests.Sasl;

public sealed class SaslServerTests
{
    private static readonly ChannelBinding Exporter = new(ChannelBinding.TlsExporter, new byte[] { 1, 2, 3 });
    private static readonly string[] Mechanisms =
        ["PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256-PLUS", "OAUTHBEARER", "XOAUTH2", "HT-SHA-256-NONE", "HT-SHA-256-EXPR"];

    [Fact]
    public void Login_prompts_twice_and_asks_for_a_verdict()
    {
        var server = new LoginServer();
        Assert.Equal("Username:", Text(Assert.IsType<SaslStep.Challenge>(server.Respond(null)).Octets));
        Assert.Equal("Password:", Text(Assert.IsType<SaslStep.Challenge>(server.Respond("ada"u8.ToArray())).Octets));
        Assert.Equal("secret", Assert.IsType<SaslStep.NeedsPasswordVerdict>(server.Respond("secret"u8.ToArray())).Password);
        Assert.Equal("ada", Assert.IsType<SaslStep.Succeeded>(server.Supply(new SaslAnswer.Accept())).Username);
    }

    [Fact]
    public void A_stripped_plus_offer_is_noticed()
    {
        var client = new ScramClient("ada", "secret", ScramHash.Sha256, couldBind: true);
        var server = SaslServer.Create("SCRAM-SHA-256", [Exporter]);
        Assert.NotNull(server);
        Assert.Equal(SaslFailure.NotAuthorized, Assert.IsType<SaslStep.Failed>(server.Respond(client.Start())).Reason);
    }

    [Fact]
    public void Another_connections_binding_is_refused()
    {
        var client = new ScramClient("ada", "secret", ScramHash.Sha256, new ChannelBinding(ChannelBinding.TlsExporter, new byte[] { 9 }));
        var server = new ScramServer(ScramHash.Sha256, requireBinding: true, [Exporter]);
        Assert.IsType<SaslStep.NeedsVerifier>(server.Respond(client.Start()));
        var first = Assert.IsType<SaslStep.Challenge>(server.Supply(new SaslAnswer.Verifier(ScramVerifier.Create("secret", ScramHash.Sha256))));
        Assert.True(client.TryRespond(first.Octets.Span, out var final));
        Assert.IsType<SaslStep.Failed>(server.Respond(final));
    }

    [Fact]
    public void A_stranger_sees_the_same_salt_every_time_and_never_gets_in()
    {
        var decoy = new ScramDecoy(new byte[32]);
        Assert.Equal(decoy.For("nobody", ScramHash.Sha1), decoy.Choose(null, "nobody", ScramHash.Sha1));
        Assert.NotEqual(decoy.For("nobody", ScramHash.Sha1), decoy.For("somebody", ScramHash.Sha1));
        Assert.False(decoy.For("nobody", ScramHash.Sha256).Matches("secret"));
        var found = ScramVerifier.Create("secret", ScramHash.Sha1);
        Assert.Same(found, decoy.Choose(found, "ada", ScramHash.Sha1));
        Assert.True(found.Matches("secret"));
    }

    [Theory]
    [InlineData("one", 0)]
    [InlineData("two", 1)]
    [InlineData("three", -1)]
    public void Any_of_several_passwords_opens(string password, int matched)
    {
        var salt = new byte[16];
        var client = new ScramClient("ada", password, ScramHash.Sha256);
        var server = new ScramServer(ScramHash.Sha256, requireBinding: false, []);
        server.Respond(client.Start());
        SaslAnswer answer = new SaslAnswer.Verifiers([.. ((string[])["one", "two"]).Select(p => ScramVerifier.Create(p, salt, 4096, ScramHash.Sha256))]);
        Assert.True(client.TryRespond(((SaslStep.Challenge)server.Supply(answer)).Octets.Span, out var final));
        var end = server.Respond(final);
        Assert.Equal(matched, server.MatchedVerifier);
        Assert.Equal(matched >= 0, end is SaslStep.Succeeded { Octets: var proof } && client.Verify(proof));
    }

    [Fact]
    public void A_refused_token_gets_its_status_before_the_failure()
    {
        var client = new OAuthBearerClient("ada", "old");
        var server = new OAuthBearerServer();
        Assert.Equal("old", Assert.IsType<SaslStep.NeedsBearerVerdict>(server.Respond(client.Start())).Token);
        var status = Assert.IsType<SaslStep.Challenge>(server.Supply(new SaslAnswer.Refuse()));
        Assert.True(client.TryRespond(status.Octets.Span, out var answer));
        Assert.Equal("""{"status":"invalid_token"}""", client.Refusal);
        Assert.Equal(SaslFailure.NotAuthorized, Assert.IsType<SaslStep.Failed>(server.Respond(answer)).Reason);
    }

    [Fact]
    public void Xoauth2_names_the_user_beside_the_token()
    {
        var claim = Assert.IsType<SaslStep.NeedsBearerVerdict>(new XOAuth2Server().Respond(new OAuthBearerClient("ada@plenum.test", "abc", legacy: true).Start()));
        Assert.Equal(("ada@plenum.test", "abc"), (claim.Username, claim.Token));
    }

    [Theory]
    [InlineData("HT-SHA-256-NONE", false)]
    [InlineData("HT-SHA-256-EXPR", true)]
    public void A_hashed_token_proves_both_ends(string mechanism, bool bound)
    {
        var client = new HashedTokenClient(mechanism, "ada", "token"u8.ToArray(), bound ? Exporter : null);
        var server = SaslServer.Create(mechanism, [Exporter]);
        Assert.NotNull(server);
        Assert.IsType<SaslStep.NeedsTokens>(server.Respond(client.Start()));
        var done = Assert.IsType<SaslStep.Succeeded>(server.Supply(new SaslAnswer.Tokens(["other"u8.ToArray(), "token"u8.ToArray()])));
        Assert.True(client.Verify(done.Octets));
        Assert.False(client.Verify(null));
        Assert.Equal(1, ((HashedTokenServer)server).MatchedToken);
    }

    [Fact]
    public void A_client_refuses_cheap_and_ruinous_iteration_counts()
    {
        foreach (var iterations in new[] { "1", "4095", "1000001", "-5", "99999999999" })
        {
            var client = new ScramClient("ada", "secret", ScramHash.Sha256, nonce: "abc");
            client.Start();
            Assert.False(client.TryRespond(Encoding.UTF8.GetBytes($"r=abcdef,s=QSXCR+Q6sek8bf92,i={iterations}"), out _));
        }
    }

    [Fact]
    public void A_password_is_not_printed() => Assert.DoesNotContain("secret", new SaslStep.NeedsPasswordVerdict("ada", "secret", null).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Any_name_and_password_sign_in_and_a_different_password_does_not()
        => Gen.Select(Gen.String[Gen.Char[' ', '~'], 1, 30], Gen.String[Gen.Char['\u00A1', '\u017F'], 1, 20]).Sample((name, password) =>
        {
            if (!Precis(name) || !Precis(password))
            {
                return;
            }

            var client = new ScramClient(name, password, ScramHash.Sha1);
            var server = new ScramServer(ScramHash.Sha1, requireBinding: false, []);
            Assert.IsType<SaslStep.NeedsVerifier>(server.Respond(client.Start()));
            var first = (SaslStep.Challenge)server.Supply(new SaslAnswer.Verifier(ScramVerifier.Create(password, ScramHash.Sha1)));
            Assert.True(client.TryRespond(first.Octets.Span, out var final));
            Assert.True(client.Verify(Assert.IsType<SaslStep.Succeeded>(server.Respond(final)).Octets));
            Assert.False(ScramVerifier.Create(password, ScramHash.Sha1).Matches(password + "x"));
        }, iter: 100);

    [Fact]
    public void No_octets_make_an_exchange_throw_or_succeed_unasked()
        => Gen.Select(Gen.Int[0, Mechanisms.Length - 1].Select(i => Mechanisms[i]), Gen.Byte.Array[0, 80].Array[1, 4]).Sample((mechanism, messages) =>
        {
            var server = SaslServer.Create(mechanism, [Exporter])!;
            foreach (var message in messages)
            {
                Assert.IsNotType<SaslStep.Succeeded>(server.Respond(message));
            }
        }, iter: 2000);

    private static bool Precis(string text) => Plenum.Protocols.Sasl.Precis.PrecisProfile.TryOpaqueString(text, out _);

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
