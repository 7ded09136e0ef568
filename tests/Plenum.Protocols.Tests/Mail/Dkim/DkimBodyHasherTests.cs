using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Tests.Mail.Dkim;

public sealed class DkimBodyHasherTests
{
    /// <summary>Bodies made of what matters: blanks, tabs, line ends whole and broken, letters.</summary>
    private static readonly Gen<string> Body = Gen.OneOf(" ", "\t", "\r\n", "\r", "\n", "a", "b c", "ü", "\r\n\r\n", "  \r\n")
        .Array[0, 40].Select(string.Concat);

    [Fact]
    public void The_hash_does_not_depend_on_where_the_body_is_cut()
        => Gen.Select(Body, Gen.Int[0, 60].Array[0, 6], Gen.Bool).Sample((body, cuts, isRelaxed) =>
        {
            var octets = Encoding.UTF8.GetBytes(body);
            var form = isRelaxed ? Canonicalization.Relaxed : Canonicalization.Simple;
            using var hasher = new DkimBodyHasher(form);
            var from = 0;
            foreach (var cut in cuts.Select(c => Math.Min(c, octets.Length)).Order())
            {
                hasher.Append(octets.AsSpan(from, cut - from));
                from = cut;
            }

            hasher.Append(octets.AsSpan(from));
            Assert.Equal(DkimBodyHash.Compute(octets, form).Sha256.ToArray(), hasher.Finish().Sha256.ToArray());
        }, iter: 5000);

    [Fact]
    public void The_hash_is_that_of_the_canonical_body_made_by_hand()
        => Gen.Select(Body, Gen.Bool).Sample((body, isRelaxed) =>
        {
            var lines = body.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').ToList();
            if (isRelaxed)
            {
                lines = [.. lines.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "[ \t]+", " ")
                    .TrimEnd(' '))];
            }

            while (lines.Count > 0 && lines[^1].Length == 0)
            {
                lines.RemoveAt(lines.Count - 1);
            }

            var canonical = string.Concat(lines.Select(line => line + "\r\n"));
            if (canonical.Length == 0 && !isRelaxed)
            {
                canonical = "\r\n";
            }

            var hash = DkimBodyHash.Compute(Encoding.UTF8.GetBytes(body), isRelaxed ? Canonicalization.Relaxed : Canonicalization.Simple);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canonical)), hash.Sha256.ToArray());
            Assert.Equal(Encoding.UTF8.GetByteCount(canonical), hash.Length);
        }, iter: 5000);

    [Fact]
    public void A_limit_hashes_only_the_first_octets_and_counts_all()
    {
        using var hasher = new DkimBodyHasher(Canonicalization.Simple, limit: 3);
        hasher.Append("abcdef\r\n"u8);
        var hash = hasher.Finish();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("abc"u8), hash.Sha256.ToArray());
        Assert.Equal(8, hash.Length);
    }

    [Fact]
    public async Task A_stream_hashes_like_memory()
    {
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("some words \t of text\r\n\r\n", 20_000)));
        var hash = await DkimBodyHash.ComputeAsync(new MemoryStream(body), Canonicalization.Relaxed, TestContext.Current.CancellationToken);
        Assert.Equal(DkimBodyHash.Compute(body).Sha256.ToArray(), hash.Sha256.ToArray());
    }
}
