using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Dkim;

/// <summary>
/// The vector set "dkim": what RFC 6376 and RFC 8463 print, each way a signature may go wrong (RFC 6376 §6.1), and every signature of a real
/// mailbox: without its key, it must parse and come to a verdict that needed the key or the body.
/// </summary>
public sealed class DkimVectorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<Task<bool>>> Cases = new()
    {
        ["RFC 6376 A.2 verifies"] = () => Verifies(DkimExamples.Rfc6376Signed, DkimResult.Pass),
        ["RFC 6376 A.2 with bare LF verifies"] = () => Verdict(Encoding.ASCII.GetBytes(DkimExamples.Rfc6376Signed), 0, DkimResult.Pass, DkimProblem.None),
        ["RFC 8463 A.3 Ed25519 verifies"] = () => Verifies(DkimExamples.Rfc8463Signed, DkimResult.Pass),
        ["RFC 8463 A.3 RSA verifies"] = () => Verifies(DkimExamples.Rfc8463Signed, DkimResult.Pass, signature: 1),
        ["RFC 8463 A.3 Ed25519 signature is made again bit by bit"] = () => Task.FromResult(SignsRfc8463()),
        ["RFC 8463 A.2 Ed25519 record is made from the seed"] = () => Task.FromResult(
            DkimPrivateKey.FromEd25519Seed(Convert.FromBase64String(DkimExamples.Ed25519Seed)).ToDnsRecord() == DkimExamples.Ed25519Record),
        ["RFC 6376 3.4.5 example 1: relaxed header"] = () => Task.FromResult(
            Header("A: X\r\nB : Y\t\r\n\tZ  \r\n", Canonicalization.Relaxed) == "a:X\r\nb:Y Z\r\n"),
        ["RFC 6376 3.4.5 example 2: simple header"] = () => Task.FromResult(
            Header("A: X\r\nB : Y\t\r\n\tZ  \r\n", Canonicalization.Simple) == "A: X\r\nB : Y\t\r\n\tZ  \r\n"),
        ["RFC 6376 3.4.5 example 1: relaxed body"] = () => Task.FromResult(
            BodyHash(" C \r\nD \t E\r\n\r\n\r\n", Canonicalization.Relaxed) == PlainHash(" C\r\nD E\r\n")),
        ["RFC 6376 3.4.5 example 2: simple body"] = () => Task.FromResult(
            BodyHash(" C \r\nD \t E\r\n\r\n\r\n", Canonicalization.Simple) == PlainHash(" C \r\nD \t E\r\n")),
        ["RFC 6376 3.4.3 hash of the empty body"] = () => Task.FromResult(
            BodyHash("", Canonicalization.Simple) == "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="),
        ["RFC 6376 3.4.4 hash of the empty body"] = () => Task.FromResult(
            BodyHash("", Canonicalization.Relaxed) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ["RFC 6376 3.4.4 only blank lines are an empty body"] = () => Task.FromResult(
            BodyHash(" \t\r\n\r\n  ", Canonicalization.Relaxed) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ["other subject"] = () => Forged("Subject: Is", "Subject: Was", DkimResult.Fail, DkimProblem.Signature),
        ["other From"] = () => Forged("From: Joe", "From: Jim", DkimResult.Fail, DkimProblem.Signature),
        ["From added below the last"] = () => Forged("\r\n\r\nHi.", "\r\nFrom: evil@example.org\r\n\r\nHi.", DkimResult.Fail, DkimProblem.Signature),
        ["From added on top of an oversigned one"] = () => Verdict(
            [.. "From: evil@example.org\r\n"u8, .. DkimExamples.Crlf(DkimExamples.Rfc8463Signed)], 0, DkimResult.Fail, DkimProblem.Signature),
        ["unsigned field added"] = () => Verdict(
            [.. "X-Seen: yes\r\n"u8, .. DkimExamples.Crlf(DkimExamples.Rfc8463Signed)], 0, DkimResult.Pass, DkimProblem.None),
        ["blanks and case in the header, relaxed"] = () => Forged("Subject: Is dinner", "SUBJECT:\t Is  dinner", DkimResult.Pass, DkimProblem.None),
        ["other body"] = () => Forged("lost", "won", DkimResult.Fail, DkimProblem.BodyHash),
        ["text after the body"] = () => Forged("Joe.\r\n", "Joe.\r\nBuy!\r\n", DkimResult.Fail, DkimProblem.BodyHash),
        ["empty lines after the body"] = () => Forged("Joe.\r\n", "Joe.\r\n\r\n\r\n", DkimResult.Pass, DkimProblem.None),
        ["body cut"] = () => Forged("Joe.\r\n", "", DkimResult.Fail, DkimProblem.BodyHash),
        ["other body hash in the field"] = () => Forged("bh=2j", "bh=3j", DkimResult.Fail, DkimProblem.BodyHash),
        ["other signature octets"] = () => Forged("b=/gCr", "b=/gCs", DkimResult.Fail, DkimProblem.Signature),
        ["signature is no base64"] = () => Forged("b=/gCr", "b=/g!r", DkimResult.Neutral, DkimProblem.Syntax),
        ["signature too short"] = () => Forged("Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==", "", DkimResult.Fail, DkimProblem.Signature),
        ["other t="] = () => Forged("t=1528637909", "t=1528637908", DkimResult.Fail, DkimProblem.Signature),
        ["unknown tag added"] = () => Forged("q=dns/txt;", "q=dns/txt; zz=1;", DkimResult.Fail, DkimProblem.Signature),
        ["version 2"] = () => Forged("v=1", "v=2", DkimResult.PermError, DkimProblem.Version),
        ["version 1.0"] = () => Forged("v=1", "v=1.0", DkimResult.PermError, DkimProblem.Version),
        ["no version"] = () => Forged("v=1; ", "", DkimResult.PermError, DkimProblem.MissingTag),
        ["no d="] = () => Forged("d=football.example.com; ", "", DkimResult.PermError, DkimProblem.MissingTag),
        ["empty d="] = () => Forged("d=football.example.com; ", "d=; ", DkimResult.Neutral, DkimProblem.Syntax),
        ["tag twice"] = () => Forged("q=dns/txt;", "q=dns/txt; q=dns/txt;", DkimResult.Neutral, DkimProblem.Syntax),
        ["rsa-sha1"] = () => Forged("a=ed25519-sha256", "a=rsa-sha1", DkimResult.PermError, DkimProblem.Algorithm),
        ["unknown algorithm"] = () => Forged("a=ed25519-sha256", "a=ed448-sha512", DkimResult.PermError, DkimProblem.Algorithm),
        ["algorithm of another key"] = () => Forged("a=ed25519-sha256", "a=rsa-sha256", DkimResult.PermError, DkimProblem.KeyNotForThis),
        ["unknown canonicalization"] = () => Forged("c=relaxed/relaxed", "c=relaxed/nowsp", DkimResult.PermError, DkimProblem.Canonicalization),
        ["unknown query method"] = () => Forged("q=dns/txt", "q=dns/dkk", DkimResult.PermError, DkimProblem.QueryMethod),
        ["From is not in h="] = () => Forged(
            "h=from : to :\r\n subject : date : message-id : from :", "h=to :\r\n subject : date : message-id :", DkimResult.PermError, DkimProblem.FromNotSigned),
        ["i= outside d="] = () => Forged("i=@football", "i=@basketball", DkimResult.PermError, DkimProblem.Identity),
        ["i= only looks like a subdomain"] = () => Forged("i=@football", "i=@myfootball", DkimResult.PermError, DkimProblem.Identity),
        ["expired"] = () => Forged("t=1528637909;", "t=1528637909; x=1528637910;", DkimResult.Policy, DkimProblem.Expired),
        ["x= before t="] = () => Forged("t=1528637909;", "t=1528637909; x=1528637908;", DkimResult.Neutral, DkimProblem.Syntax),
        ["t= far in the future"] = () => Forged("t=1528637909;", "t=4070908800;", DkimResult.Policy, DkimProblem.FromTheFuture),
        ["l= beyond the body"] = () => Forged("q=dns/txt;", "q=dns/txt; l=9999;", DkimResult.Fail, DkimProblem.BodyTooShort),
        ["l= of 76 digits"] = () => Forged("q=dns/txt;", $"q=dns/txt; l={new string('9', 76)};", DkimResult.Fail, DkimProblem.BodyTooShort),
        ["no key"] = () => WithKey(zone => { }, DkimResult.PermError, DkimProblem.NoKey),
        ["name server silent"] = () => WithKey(zone => zone.FailTemporarily(KeyName), DkimResult.TempError, DkimProblem.KeyUnavailable),
        ["key withdrawn"] = () => WithKey("v=DKIM1; k=ed25519; p=", DkimResult.PermError, DkimProblem.KeyRevoked),
        ["key record of another version"] = () => WithKey(DkimExamples.Ed25519Record.Replace("DKIM1", "DKIM2"), DkimResult.PermError, DkimProblem.KeySyntax),
        ["key record whose v= is not first"] = () => WithKey("k=ed25519; v=DKIM1; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", DkimResult.PermError, DkimProblem.KeySyntax),
        ["key record without v="] = () => WithKey("k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", DkimResult.Pass, DkimProblem.None),
        ["key for sha1 only"] = () => WithKey(DkimExamples.Ed25519Record + "; h=sha1", DkimResult.PermError, DkimProblem.KeyNotForThis),
        ["key for sha1 and sha256"] = () => WithKey(DkimExamples.Ed25519Record + "; h=sha1 : sha256", DkimResult.Pass, DkimProblem.None),
        ["key for another service"] = () => WithKey(DkimExamples.Ed25519Record + "; s=tlsrpt", DkimResult.PermError, DkimProblem.KeyNotForThis),
        ["key for e-mail"] = () => WithKey(DkimExamples.Ed25519Record + "; s=tlsrpt:email", DkimResult.Pass, DkimProblem.None),
        ["key of another type"] = () => WithKey(DkimExamples.Rfc8463RsaRecord, DkimResult.PermError, DkimProblem.KeyNotForThis),
        ["key of the wrong length"] = () => WithKey("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg==", DkimResult.PermError, DkimProblem.KeySyntax),
        ["another key"] = () => WithKey(DkimPrivateKey.GenerateEd25519().ToDnsRecord(), DkimResult.Fail, DkimProblem.Signature),
        ["junk beside the key"] = () => WithKey(zone => zone.AddTxt(KeyName, "hello").AddTxt(KeyName, DkimExamples.Ed25519Record), DkimResult.Pass, DkimProblem.None),
        ["two keys, the second fits"] = () => WithKey(
            zone => zone.AddTxt(KeyName, DkimPrivateKey.GenerateEd25519().ToDnsRecord()).AddTxt(KeyName, DkimExamples.Ed25519Record), DkimResult.Pass, DkimProblem.None),
        ["t=s and i= equal to d="] = () => WithKey(DkimExamples.Ed25519Record + "; t=s", DkimResult.Pass, DkimProblem.None),
        ["t=s and i= below d="] = async () => await VerdictIn(
            new DnsTable().AddTxt("brisbane._domainkey.example.com", DkimExamples.Rfc6376Record + "; t=s"),
            DkimExamples.Crlf(DkimExamples.Rfc6376Signed), 0, DkimResult.PermError, DkimProblem.Identity),
        ["RSA key of 512 bits"] = async () => await VerdictIn(
            new DnsTable().AddTxt("brisbane._domainkey.example.com", "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAIWmlgix/84GJ+dfgjm7LTc9EPdfkftlgiPpCq4/kbDAZmU0VvYKDljjleJ1dfvS+CGy9U/kk1tG3EeEvb82xAcCAwEAAQ=="),
            DkimExamples.Crlf(DkimExamples.Rfc6376Signed), 0, DkimResult.Policy, DkimProblem.KeyLength),
    };

    private const string KeyName = "brisbane._domainkey.football.example.com";

    [Fact]
    public async Task All_cases_of_the_set_pass()
    {
        var failed = new List<string>();
        foreach (var (name, passes) in Cases)
        {
            if (!await passes())
            {
                failed.Add(name);
            }
        }

        var (evaluated, signatures) = await EvaluateMailbox(failed);
        VectorSet.Report("dkim", Cases.Count - failed.Count + evaluated, Cases.Count + signatures);
        Assert.Empty(failed);
        Assert.Equal(signatures, evaluated);
    }

    /// <summary>
    /// Each signature of the mailbox is judged against a DNS without keys: NoKey says that syntax and body hash were right,
    /// BodyHash that the list changed the body. Anything else must be named here.
    /// </summary>
    private static async Task<(int Evaluated, int Signatures)> EvaluateMailbox(List<string> failed)
    {
        if (!SharedData.TryFind("mbox-linux-integrity/linux-integrity-0001-1500.mbox", out var path))
        {
            return (0, 0);
        }

        // A clock before all of them and much patience: time is not what is tested here.
        var options = new DkimVerifierOptions { ClockTolerance = TimeSpan.FromDays(10_000) };
        var verifier = new DkimVerifier(new DnsTable(), options, new FakeTimeProvider(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        int evaluated = 0, signatures = 0;
        foreach (var message in MboxFile.ReadMessages(path))
        {
            foreach (var verdict in await verifier.VerifyAsync(message, TestContext.Current.CancellationToken))
            {
                signatures++;
                if (verdict.Problem is DkimProblem.NoKey or DkimProblem.BodyHash)
                {
                    evaluated++;
                }
                else
                {
                    failed.Add($"mailbox: {verdict.Result} {verdict.Problem} {verdict.Signature?.Domain}");
                }
            }
        }

        return (evaluated, signatures);
    }

    private static Task<bool> Verifies(string message, DkimResult result, int signature = 0)
        => Verdict(DkimExamples.Crlf(message), signature, result, DkimProblem.None);

    private static Task<bool> Forged(string old, string replacement, DkimResult result, DkimProblem problem)
    {
        var text = Encoding.Latin1.GetString(DkimExamples.Crlf(DkimExamples.Rfc8463Signed));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, old);
        return Verdict(Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + old.Length))), 0, result, problem);
    }

    private static Task<bool> Verdict(byte[] message, int signature, DkimResult result, DkimProblem problem)
        => VerdictIn(DkimExamples.Zone(), message, signature, result, problem);

    private static Task<bool> WithKey(string record, DkimResult result, DkimProblem problem)
        => WithKey(zone => zone.AddTxt(KeyName, record), result, problem);

    private static Task<bool> WithKey(Action<DnsTable> fill, DkimResult result, DkimProblem problem)
    {
        var zone = new DnsTable();
        fill(zone);
        return VerdictIn(zone, DkimExamples.Crlf(DkimExamples.Rfc8463Signed), 0, result, problem);
    }

    private static async Task<bool> VerdictIn(DnsTable zone, byte[] message, int signature, DkimResult result, DkimProblem problem)
    {
        var verdicts = await new DkimVerifier(zone, time: new FakeTimeProvider(Now)).VerifyAsync(message, TestContext.Current.CancellationToken);
        return verdicts[signature].Result == result && verdicts[signature].Problem == problem;
    }

    /// <summary>Ed25519 is deterministic: over the RFC's own field with an empty b= the RFC's own signature must come out.</summary>
    private static bool SignsRfc8463()
    {
        var header = HeaderBlock.Parse(DkimExamples.Crlf(DkimExamples.Rfc8463Signed));
        var canonical = new ArrayBufferWriter<byte>();
        string[] names = ["from", "to", "subject", "date", "message-id", "from", "subject", "date"];
        HeaderCanonicalizer.WriteSelected(header, names, 0, Canonicalization.Relaxed, canonical);
        HeaderCanonicalizer.Write(HeaderCanonicalizer.WithoutSignature(header.Fields[0].Raw.Span), Canonicalization.Relaxed, canonical);
        using var key = DkimPrivateKey.FromEd25519Seed(Convert.FromBase64String(DkimExamples.Ed25519Seed));
        var signature = key.SignHash(System.Security.Cryptography.SHA256.HashData(canonical.WrittenSpan));
        return Convert.ToBase64String(signature) == "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
    }

    private static string Header(string header, Canonicalization form)
    {
        var block = HeaderBlock.Parse(Encoding.ASCII.GetBytes(header));
        var output = new ArrayBufferWriter<byte>();
        HeaderCanonicalizer.WriteSelected(block, ["a", "b"], -1, form, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static string BodyHash(string body, Canonicalization form)
        => Convert.ToBase64String(DkimBodyHash.Compute(Encoding.ASCII.GetBytes(body), form).Sha256.Span);

    private static string PlainHash(string text)
        => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
