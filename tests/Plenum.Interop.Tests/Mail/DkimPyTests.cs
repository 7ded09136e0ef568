using System.Text;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail;

/// <summary>What we sign, python3-dkim verifies, and the other way round; on a real mailbox both find the same bodies changed.</summary>
public sealed class DkimPyTests
{
    private static readonly DkimPrivateKey Rsa = DkimPrivateKey.GenerateRsa();
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly DkimPrivateKey Ed25519 = DkimPrivateKey.FromEd25519Seed(Seed);
    private static readonly Dictionary<string, string> Records = new()
    {
        ["r._domainkey.example.org"] = Rsa.ToDnsRecord(),
        ["e._domainkey.example.org"] = Ed25519.ToDnsRecord(),
    };

    private static readonly string[] Messages =
    [
        "From: Ada <ada@example.org>\r\nTo: list@example.net\r\nSubject: Hello\r\n\r\nHello world\r\n",
        "From: ada@example.org\r\nSubject:  folded\r\n\tand   spaced  \r\nTO: a@example.net,\r\n b@example.net\r\n\r\n\r\n  a \t b  \r\n\r\n\r\n",
        "From: ada@example.org\r\nSubject: twice\r\nSubject: again\r\nReferences: <a@b> <c@d>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße",
        "From: ada@example.org\r\nSubject: empty body\r\n\r\n",
        "From: ada@example.org\r\nList-Unsubscribe: <https://example.org/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n \r\n",
    ];

    private static readonly (Canonicalization Header, Canonicalization Body)[] Forms =
    [
        (Canonicalization.Relaxed, Canonicalization.Relaxed), (Canonicalization.Relaxed, Canonicalization.Simple),
        (Canonicalization.Simple, Canonicalization.Relaxed), (Canonicalization.Simple, Canonicalization.Simple),
    ];

    [Fact]
    public async Task Our_signatures_verify_there()
    {
        var jobs = new List<object>();
        foreach (var message in Messages)
        {
            foreach (var (headerForm, bodyForm) in Forms)
            {
                foreach (var (selector, key) in new[] { ("r", Rsa), ("e", Ed25519) })
                {
                    var octets = Encoding.UTF8.GetBytes(message);
                    var header = HeaderBlock.Parse(octets);
                    var signer = new DkimSigner("example.org", selector, key) { HeaderCanonicalization = headerForm, Fields = DkimFieldSelection.ForLists };
                    var field = signer.Sign(header, DkimBodyHash.Compute(octets.AsSpan(header.BodyOffset), bodyForm));
                    jobs.Add(new { op = "verify", message = Convert.ToBase64String([.. field, .. octets]), dns = Records });
                }
            }
        }

        var answers = await DkimPy.RunAsync(jobs, TestContext.Current.CancellationToken);
        Assert.Equal(jobs.Count, answers.Count);
        Assert.All(answers, answer => Assert.True(answer.GetBoolean()));
    }

    [Fact]
    public async Task Their_signatures_verify_here()
    {
        var jobs = new List<object>();
        var originals = new List<string>();
        foreach (var message in Messages.Where(m => m.All(char.IsAscii)))
        {
            foreach (var (header, body) in Forms)
            {
                string[] forms = [header.ToString().ToLowerInvariant(), body.ToString().ToLowerInvariant()];
                jobs.Add(new { op = "sign", message = DkimPy.Base64(message), domain = "example.org", selector = "r", key = Rsa.ToPem(), forms, algorithm = "rsa-sha256" });
                jobs.Add(new { op = "sign", message = DkimPy.Base64(message), domain = "example.org", selector = "e", key = Convert.ToBase64String(Seed), forms, algorithm = "ed25519-sha256" });
                originals.AddRange([message, message]);
            }
        }

        var answers = await DkimPy.RunAsync(jobs, TestContext.Current.CancellationToken);
        var verifier = new DkimVerifier(Zone());
        for (var i = 0; i < answers.Count; i++)
        {
            var verdicts = await verifier.VerifyAsync(Encoding.UTF8.GetBytes(answers[i].GetString() + originals[i]), TestContext.Current.CancellationToken);
            Assert.Equal(DkimProblem.None, Assert.Single(verdicts).Problem);
        }

        Assert.Equal(jobs.Count, answers.Count);
    }

    [Fact]
    public async Task Seals_verify_both_ways()
    {
        // First hop there, second here, third there again.
        var message = "Authentication-Results: lists.example.org; spf=pass smtp.mailfrom=ada@example.org\r\n" + Messages[0];
        var validator = new ArcValidator(Zone());
        for (var hop = 1; hop <= 3; hop++)
        {
            if (hop % 2 == 1)
            {
                var sealing = await DkimPy.RunAsync(
                    [new { op = "arc-sign", message = DkimPy.Base64(message), domain = "example.org", selector = "r", key = Rsa.ToPem(), id = "lists.example.org", dns = Records }],
                    TestContext.Current.CancellationToken);
                message = sealing[0].GetString() + message;
            }
            else
            {
                var octets = Encoding.UTF8.GetBytes(message);
                var chain = await validator.ValidateAsync(octets, TestContext.Current.CancellationToken);
                var header = HeaderBlock.Parse(octets);
                var added = new ArcSealer("example.org", "r", Rsa).Seal(
                    header, DkimBodyHash.Compute(octets.AsSpan(header.BodyOffset)), chain, new AuthenticationResults("lists.example.org", [new MethodResult("arc", "pass", [])]));

                // The peer asks the results whether to go on, not the chain.
                message = (Encoding.UTF8.GetString(added) + message).Replace(
                    "\nAuthentication-Results: lists.example.org;", "\nAuthentication-Results: lists.example.org; arc=pass;", StringComparison.Ordinal);
            }

            var verdict = await validator.ValidateAsync(Encoding.UTF8.GetBytes(message), TestContext.Current.CancellationToken);
            Assert.Equal((ArcStatus.Pass, hop), (verdict.Status, verdict.HighestInstance));
            var there = await DkimPy.RunAsync([new { op = "arc-verify", message = DkimPy.Base64(message), dns = Records }], TestContext.Current.CancellationToken);
            Assert.Equal("pass", there[0].GetString());
        }
    }

    [Fact]
    public async Task Both_find_the_same_bodies_of_a_real_mailbox_changed()
    {
        if (!SharedData.TryFind("mbox-linux-integrity/linux-integrity-0001-1500.mbox", out var path))
        {
            return; // The protocol tests say that the data is absent.
        }

        var jobs = new List<object>();
        var ours = new List<bool[]>();
        var verifier = new DkimVerifier(new DnsTable(), new DkimVerifierOptions { ClockTolerance = TimeSpan.FromDays(10_000) });
        foreach (var text in File.ReadAllText(path, Encoding.Latin1).Split("\nFrom ").Select(m => m[(m.IndexOf('\n') + 1)..]))
        {
            var message = Encoding.Latin1.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
            var verdicts = await verifier.VerifyAsync(message, TestContext.Current.CancellationToken);
            if (verdicts.Count > 0 && verdicts.All(v => v.Problem is DkimProblem.NoKey or DkimProblem.BodyHash))
            {
                ours.Add([.. verdicts.Select(v => v.Problem is DkimProblem.NoKey)]);
                jobs.Add(new { op = "body", message = Convert.ToBase64String(message) });
            }
        }

        var theirs = await DkimPy.RunAsync(jobs, TestContext.Current.CancellationToken);
        Assert.True(ours.Count > 300, $"only {ours.Count} signed messages");
        for (var i = 0; i < ours.Count; i++)
        {
            Assert.Equal(theirs[i].EnumerateArray().Select(e => e.GetBoolean()), ours[i]);
        }
    }

    private static DnsTable Zone()
    {
        var zone = new DnsTable();
        foreach (var (name, record) in Records)
        {
            zone.AddTxt(name, record);
        }

        return zone;
    }
}
