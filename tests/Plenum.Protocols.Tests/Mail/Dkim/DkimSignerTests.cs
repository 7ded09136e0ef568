using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Tests.Mail.Dkim;

public sealed class DkimSignerTests
{
    private static readonly DkimPrivateKey Rsa = DkimPrivateKey.GenerateRsa();
    private static readonly DkimPrivateKey Ed25519 = DkimPrivateKey.GenerateEd25519();
    private static readonly DnsTable Zone = new DnsTable()
        .AddTxt("r._domainkey.example.org", Rsa.ToDnsRecord())
        .AddTxt("e._domainkey.example.org", Ed25519.ToDnsRecord());

    private static readonly Gen<string> Text = Gen.OneOf("a", "B", " ", "  ", "\t", "\r\n ", "ä", ";", "=", ":", "b=").Array[1, 12].Select(string.Concat);
    private static readonly Gen<byte[]> Message = Gen.Select(
        Gen.Select(Gen.OneOf("From", "To", "subject", "X-Any", "List-Id", "Content-Type", "DATE", "References"), Text).Array[0, 10],
        Gen.OneOf("text", " ", "\r\n", "\t", "ß", ".").Array[0, 20]).Select((fields, body) => Encoding.UTF8.GetBytes(
            "From: Ada <ada@example.org>\r\n" + string.Concat(fields.Select(f => $"{f.Item1}: x{f.Item2}x\r\n")) + "\r\n" + string.Concat(body)));

    [Fact]
    public void What_is_signed_verifies()
        => Gen.Select(Message, Gen.Bool, Gen.Bool, Gen.Bool).Sample((message, isRsa, isRelaxed, isBodyRelaxed) =>
        {
            var signed = Sign(message, isRsa, Form(isRelaxed), Form(isBodyRelaxed));
            var verdict = Verify(signed);
            Assert.Equal(DkimProblem.None, verdict.Problem);
            Assert.True(verdict.IsPass);
        }, iter: 200);

    [Fact]
    public void A_changed_letter_in_body_or_signed_header_fails()
        => Gen.Select(Message, Gen.Bool, Gen.Int[0, 100_000]).Sample((message, isRsa, where) =>
        {
            var signed = Sign(message, isRsa, Canonicalization.Simple, Canonicalization.Simple);
            var header = HeaderBlock.Parse(signed);
            var places = Enumerable.Range(0, signed.Length).Where(i => char.IsAsciiLetter((char)signed[i]) && IsSigned(header, i, signed)).ToArray();
            var at = places[where % places.Length];
            signed[at] = (byte)(signed[at] == 'q' ? 'w' : 'q');
            Assert.False(Verify(signed).IsPass);
        }, iter: 200);

    [Fact]
    public void Copies_with_their_own_header_share_one_body_hash()
    {
        var body = "Hello\r\n"u8.ToArray();
        var hash = DkimBodyHash.Compute(body);
        var signer = new DkimSigner("example.org", "r", Rsa) { Fields = DkimFieldSelection.ForLists, Identity = "@lists.example.org" };
        foreach (var recipient in new[] { "ada@example.net", "bob@example.net" })
        {
            var header = Encoding.ASCII.GetBytes(
                $"From: list@example.org\r\nTo: {recipient}\r\nList-Unsubscribe: <https://example.org/u/{recipient}>\r\n"
                + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n");
            byte[] copy = [.. signer.Sign(HeaderBlock.Parse(header), hash), .. header, .. body];
            var verdict = Verify(copy);
            Assert.True(verdict.IsPass);
            Assert.Equal("@lists.example.org", verdict.Signature!.Identity);

            // RFC 8058 §4: both fields are covered; and oversigned, nobody can add a second one.
            Assert.Equal(2, verdict.Signature.SignedFields.Count(f => f == "List-Unsubscribe"));
            Assert.Equal(2, verdict.Signature.SignedFields.Count(f => f == "List-Unsubscribe-Post"));
            Assert.False(Verify([.. "List-Unsubscribe: <https://evil.example/>\r\n"u8, .. copy]).IsPass);
        }
    }

    [Fact]
    public void Two_signatures_stand_side_by_side()
    {
        var message = DkimExamples.Crlf(DkimExamples.Message);
        byte[] both = [.. new DkimSigner("example.org", "e", Ed25519).Sign(message), .. new DkimSigner("example.org", "r", Rsa).Sign(message), .. message];
        Assert.All(VerifyAll(both), verdict => Assert.True(verdict.IsPass));
        Assert.Equal(2, VerifyAll(both).Count);
    }

    [Fact]
    public void Lines_stay_short_and_the_field_holds_no_l()
    {
        var field = Encoding.ASCII.GetString(new DkimSigner("example.org", "r", Rsa) { Lifetime = TimeSpan.FromDays(7) }.Sign(DkimExamples.Crlf(DkimExamples.Message)));
        Assert.All(field.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        Assert.True(DkimSignature.TryParse(field[(field.IndexOf(':') + 1)..].Trim(), out var signature, out _));
        Assert.Null(signature!.BodyLength);
        Assert.Equal(TimeSpan.FromDays(7), signature.ExpiresAt - signature.SignedAt);
    }

    [Fact]
    public async Task An_added_footer_after_l_is_not_a_pass()
    {
        // Signed by hand with l=, as some senders still do.
        var body = "Hello\r\n"u8.ToArray();
        var field = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org; s=e; l=7; h=From; bh="
            + Convert.ToBase64String(DkimBodyHash.Compute(body).Sha256.Span) + "; b=";
        var from = "From: ada@example.org\r\n";
        var signature = Ed25519.SignHash(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(
            from.Replace("From: ", "from:", StringComparison.Ordinal) + field.Replace("DKIM-Signature: ", "dkim-signature:", StringComparison.Ordinal))));
        var header = field + Convert.ToBase64String(signature) + "\r\n" + from + "\r\n";
        Assert.True(Verify(Encoding.ASCII.GetBytes(header + "Hello\r\n")).IsPass);

        var longer = Encoding.ASCII.GetBytes(header + "Hello\r\nBuy this\r\n");
        var verdict = Verify(longer);
        Assert.Equal((DkimResult.Policy, DkimProblem.BodyPartlySigned, 10), (verdict.Result, verdict.Problem, (int)verdict.UnsignedBodyOctets!));
        var lenient = new DkimVerifier(Zone, new DkimVerifierOptions { AcceptsPartlySignedBody = true });
        Assert.True((await lenient.VerifyAsync(longer, TestContext.Current.CancellationToken))[0].IsPass);
    }

    [Fact]
    public void Keys_survive_pem()
    {
        foreach (var key in new[] { Rsa, Ed25519 })
        {
            Assert.True(DkimPrivateKey.TryFromPem(key.ToPem(), out var again));
            Assert.Equal(key.ToDnsRecord(), again!.ToDnsRecord());
        }

        Assert.False(DkimPrivateKey.TryFromPem("no key", out _));
        Assert.False(DkimPrivateKey.TryFromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", out _));
    }

    [Fact]
    public void Only_the_first_eight_signatures_are_looked_at()
    {
        var message = DkimExamples.Crlf(DkimExamples.Message);
        var field = new DkimSigner("example.org", "e", Ed25519).Sign(message);
        var verdicts = VerifyAll([.. Enumerable.Repeat(field, 10).SelectMany(f => f), .. message]);
        Assert.Equal(8, verdicts.Count(v => v.IsPass));
        Assert.Equal(2, verdicts.Count(v => v.Problem is DkimProblem.TooManySignatures));
    }

    [Fact]
    public void A_name_that_is_none_is_refused_when_the_signer_is_made()
        => Assert.Throws<ArgumentException>(() => new DkimSigner("example..org", "s", Ed25519));

    private static byte[] Sign(byte[] message, bool isRsa, Canonicalization header, Canonicalization body)
    {
        var signer = new DkimSigner("example.org", isRsa ? "r" : "e", isRsa ? Rsa : Ed25519) { HeaderCanonicalization = header };
        var block = HeaderBlock.Parse(message);
        return [.. signer.Sign(block, DkimBodyHash.Compute(message.AsSpan(block.BodyOffset), body)), .. message];
    }

    private static bool IsSigned(HeaderBlock header, int offset, byte[] message)
    {
        if (offset >= header.BodyOffset)
        {
            return true;
        }

        var field = header.Fields.Last(f => OffsetOf(f, message) <= offset);
        return !field.Is("X-Any") && !field.Is("DKIM-Signature")
            && offset >= OffsetOf(field, message) + field.Name.Length; // A changed name may turn one field into two.
    }

    private static int OffsetOf(HeaderField field, byte[] message)
        => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(field.Raw, out var segment) && segment.Array == message ? segment.Offset : -1;

    private static Canonicalization Form(bool isRelaxed) => isRelaxed ? Canonicalization.Relaxed : Canonicalization.Simple;

    private static DkimVerdict Verify(byte[] message) => VerifyAll(message)[0];

    private static IReadOnlyList<DkimVerdict> VerifyAll(byte[] message)
        => new DkimVerifier(Zone).VerifyAsync(message, TestContext.Current.CancellationToken).AsTask().Result;
}
