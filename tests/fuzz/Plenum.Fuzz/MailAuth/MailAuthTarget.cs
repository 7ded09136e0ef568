using System.Net;
using System.Text;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.MtaSts;
using Plenum.Protocols.Mail.Spf;
using Plenum.Protocols.Mail.TlsRpt;

namespace Plenum.Fuzz.MailAuth;

/// <summary>One input through one parser; the first octet says which. Any exception is a finding, and so is a broken promise.</summary>
internal static class MailAuthTarget
{
    // Made on first use: instrumented code runs under the fuzzer only.
    private static readonly Lazy<DkimPrivateKey> LazyKey = new(() => DkimPrivateKey.FromEd25519Seed(new byte[32]));
    private static readonly Lazy<DnsTable> LazyZone = new(() => new DnsTable().AddTxt("s._domainkey.example.org", Key.ToDnsRecord()));

    public static FuzzTarget Target { get; } = new("mail-authentication", Run, () => MailAuthSeeds.All);

    private static DkimPrivateKey Key => LazyKey.Value;

    private static DnsTable Zone => LazyZone.Value;

    private static void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var content = input.AsMemory(1);
        var text = Encoding.UTF8.GetString(content.Span);
        switch (input[0] % 10)
        {
            case 0:
                Wait(new DkimVerifier(Zone).VerifyAsync(content));
                break;
            case 1:
                _ = DkimKeyRecord.TryParse(text, out _);
                _ = DmarcRecord.TryParse(text, out _);
                _ = MtaStsRecord.TryParse(text, out _);
                _ = TlsRptRecord.TryParse(text, out _);
                break;
            case 2:
                CheckSpf(text);
                break;
            case 3:
                Wait(new ArcValidator(Zone).ValidateAsync(content));
                break;
            case 4:
                CheckResults(text);
                break;
            case 5:
                var stripped = ForgedResults.Strip(content, "mx.example.org");
                FuzzTarget.Require(ForgedResults.Find(HeaderBlock.Parse(stripped), "mx.example.org").Count == 0, "A forged field stayed.");
                _ = FromDomains.TryRead(HeaderBlock.Parse(content), out _);
                break;
            case 6:
                _ = DmarcReportReader.TryRead(content, out _);
                break;
            case 7:
                _ = TlsReportReader.TryRead(content, out _);
                break;
            case 8:
                _ = MtaStsPolicy.TryParse(content.Span, out _);
                PublicSuffixList.Load(new StringReader(text)).OrganizationalDomainOf("a.b.example.org");
                break;
            default:
                CheckSigning(content);
                break;
        }
    }

    /// <summary>The input is a record, a local part and an explanation at once.</summary>
    private static void CheckSpf(string text)
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 " + text).AddTxt("e.example.org", text).AddA("example.org", "192.0.2.1");
        Wait(new SpfChecker(zone).CheckAsync(new SpfRequest(IPAddress.IPv6Loopback, text, $"{text}@example.org")));
    }

    private static void CheckResults(string text)
    {
        if (AuthenticationResults.TryParse(text, out var results))
        {
            FuzzTarget.Require(AuthenticationResults.TryParse(results!.WriteValue(), out var again), "What was written cannot be read.");
            FuzzTarget.Require(again!.Methods.Count == results.Methods.Count, "A result was lost.");
        }
    }

    /// <summary>Any octets can be signed, and the signature verifies; sealing on top of it makes a passing chain.</summary>
    private static void CheckSigning(ReadOnlyMemory<byte> content)
    {
        byte[] message = [.. "From: a@example.org\r\n"u8, .. content.Span];
        byte[] signed = [.. new DkimSigner("example.org", "s", Key).Sign(message), .. message];
        FuzzTarget.Require(Wait(new DkimVerifier(Zone).VerifyAsync(signed))[0].IsPass, "Our own signature fails.");
        var header = HeaderBlock.Parse(message);
        var chain = Wait(new ArcValidator(Zone).ValidateAsync(message));
        if (chain.Status is ArcStatus.None)
        {
            var body = DkimBodyHash.Compute(message.AsSpan(header.BodyOffset));
            byte[] seal = new ArcSealer("example.org", "s", Key).Seal(header, body, chain, "mx.example.org; none");
            FuzzTarget.Require(Wait(new ArcValidator(Zone).ValidateAsync((byte[])[.. seal, .. message])).Status is ArcStatus.Pass, "Our own seal fails.");
        }
    }

    /// <summary>The table answers at once, so nothing ever blocks.</summary>
    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
