using System.Net;
using System.Text;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail;

/// <summary>The code in docs/using/mail-authentication.md stands here too, compiles and runs.</summary>
public sealed class UsingMailAuthenticationTests
{
    [Fact]
    public async Task The_page_shows_code_that_works()
    {
        using var key = DkimPrivateKey.GenerateEd25519();
        IDnsResolver resolver = new DnsTable()
            .AddTxt("2026._domainkey.example.org", key.ToDnsRecord())
            .AddTxt("example.org", "v=spf1 ip4:192.0.2.1 -all")
            .AddTxt("_dmarc.example.org", "v=DMARC1; p=reject");
        var suffixes = PublicSuffixList.Load(new StringReader("org\n"));
        byte[] message = DkimExamplesMessage("From: Ada <ada@example.org>\n\nHello\n");

        var cancellation = TestContext.Current.CancellationToken;

        // begin of the page's code
        // Sign: the body is hashed once, the header of each copy is signed.
        var header = HeaderBlock.Parse(message);
        var body = DkimBodyHash.Compute(message.AsSpan(header.BodyOffset));
        var signer = new DkimSigner("example.org", "2026", key) { Fields = DkimFieldSelection.ForLists };
        byte[] signed = [.. signer.Sign(header, body), .. message];

        // Check what came in: forged results out, then SPF, DKIM, ARC and DMARC.
        var request = new SpfRequest(IPAddress.Parse("192.0.2.1"), "mx.example.org", "ada@example.org");
        var incoming = ForgedResults.Strip(signed, "mx.example.net");
        var spf = await new SpfChecker(resolver).CheckAsync(request, cancellation);
        var dkim = await new DkimVerifier(resolver).VerifyAsync(incoming, cancellation);
        var arc = await new ArcValidator(resolver).ValidateAsync(incoming, cancellation);
        var dmarc = await new DmarcChecker(resolver, suffixes).CheckAsync(HeaderBlock.Parse(incoming), spf, dkim, cancellation);

        // Write it down, and seal before passing on.
        var results = new AuthenticationResults("mx.example.net",
            [MethodResults.Spf(spf, request), .. MethodResults.Dkim(dkim), MethodResults.Arc(arc, "192.0.2.1"), MethodResults.Dmarc(dmarc)]);
        byte[] seal = new ArcSealer("example.org", "2026", key).Seal(HeaderBlock.Parse(incoming), body, arc, results);
        byte[] outgoing = [.. seal, .. Encoding.UTF8.GetBytes(results.Write()), .. incoming.Span];
        // end of the page's code

        Assert.Equal((SpfResult.Pass, DmarcResult.Pass), (spf.Result, dmarc.Result));
        Assert.True(Assert.Single(dkim).IsPass);
        Assert.Equal(ArcStatus.Pass, (await new ArcValidator(resolver).ValidateAsync(outgoing, cancellation)).Status);
        Assert.Equal(CodeHere(), CodeOnThePage());
    }

    private static string CodeHere()
    {
        var source = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "tests/Plenum.Protocols.Tests/Mail/UsingMailAuthenticationTests.cs"));
        var lines = source.Split('\n').SkipWhile(l => !l.Contains("// begin of the page", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => !l.Contains("// end of the page", StringComparison.Ordinal));
        return string.Join('\n', lines.Select(l => l.Length >= 8 ? l[8..] : l));
    }

    private static string CodeOnThePage()
    {
        var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs/using/mail-authentication.md"));
        var start = page.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        return page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static byte[] DkimExamplesMessage(string text) => Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));
}
