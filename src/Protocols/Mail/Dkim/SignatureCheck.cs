using System.Buffers;
using System.Security.Cryptography;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>The cryptographic half of DKIM, shared with ARC: fetch the key, compare the hashes, verify (RFC 6376 §6.1.2, §6.1.3).</summary>
internal static class SignatureCheck
{
    /// <summary>Key records tried when a selector has several (RFC 6376 §6.1.2 step 3 leaves the choice); stops long rows of keys.</summary>
    private const int MaxKeyRecords = 3;

    /// <summary>Verifies a signature field that stands at <paramref name="position"/> in the header.</summary>
    public static async ValueTask<DkimVerdict> VerifyAsync(
        DkimSignature signature, HeaderBlock header, int position, DkimBodyHash body, IDnsResolver resolver, CancellationToken cancellation)
    {
        if (signature.BodyLength > body.Length)
        {
            return new DkimVerdict(DkimResult.Fail, DkimProblem.BodyTooShort, signature);
        }

        if (!body.Sha256.Span.SequenceEqual(signature.BodyHash.Span))
        {
            return new DkimVerdict(DkimResult.Fail, DkimProblem.BodyHash, signature);
        }

        var hash = HashHeader(signature, header, position);
        var verdict = await VerifyHashAsync(
            signature.Algorithm, signature.Domain, signature.Selector, hash, signature.Signature, resolver, cancellation);
        return verdict with { Signature = signature, UnsignedBodyOctets = body.Length - signature.BodyLength };
    }

    /// <summary>Finds the key and verifies; the verdict carries no signature yet.</summary>
    public static async ValueTask<DkimVerdict> VerifyHashAsync(
        DkimAlgorithm algorithm, string domain, string selector, byte[] hash, ReadOnlyMemory<byte> signature,
        IDnsResolver resolver, CancellationToken cancellation)
    {
        if (!DomainName.TryNormalize($"{selector}._domainkey.{domain}", out var name))
        {
            return new DkimVerdict(DkimResult.PermError, DkimProblem.NoKey, null);
        }

        var answer = await resolver.ResolveTxtAsync(name, cancellation);
        if (!answer.IsFound)
        {
            return answer.IsVoid
                ? new DkimVerdict(DkimResult.PermError, DkimProblem.NoKey, null)
                : new DkimVerdict(DkimResult.TempError, DkimProblem.KeyUnavailable, null);
        }

        var verdict = new DkimVerdict(DkimResult.PermError, DkimProblem.KeySyntax, null);
        var tried = 0;
        foreach (var text in answer.Records)
        {
            if (tried < MaxKeyRecords && DkimKeyRecord.TryParse(text, out var record))
            {
                tried++;
                verdict = VerifyWith(record, algorithm, hash, signature.Span);
                if (verdict.IsPass)
                {
                    break;
                }
            }
        }

        return verdict;
    }

    private static byte[] HashHeader(DkimSignature signature, HeaderBlock header, int position)
    {
        var canonical = new ArrayBufferWriter<byte>(4096);
        HeaderCanonicalizer.WriteSelected(header, signature.SignedFields, position, signature.HeaderCanonicalization, canonical);
        var field = HeaderCanonicalizer.WithoutSignature(header.Fields[position].Raw.Span);
        HeaderCanonicalizer.Write(field, signature.HeaderCanonicalization, canonical);
        return SHA256.HashData(canonical.WrittenSpan);
    }

    private static DkimVerdict VerifyWith(DkimKeyRecord record, DkimAlgorithm algorithm, byte[] hash, ReadOnlySpan<byte> signature)
    {
        var problem = Objection(record, algorithm);
        if (problem is not DkimProblem.None)
        {
            return new DkimVerdict(DkimResult.PermError, problem, null) { Key = record };
        }

        using var key = DkimPublicKey.TryCreate(algorithm, record.PublicKey, out problem);
        if (key is null)
        {
            var result = problem is DkimProblem.KeyLength ? DkimResult.Policy : DkimResult.PermError; // RFC 8301 §3.2
            return new DkimVerdict(result, problem, null) { Key = record };
        }

        return key.Verify(hash, signature)
            ? new DkimVerdict(DkimResult.Pass, DkimProblem.None, null) { Key = record }
            : new DkimVerdict(DkimResult.Fail, DkimProblem.Signature, null) { Key = record };
    }

    private static DkimProblem Objection(DkimKeyRecord record, DkimAlgorithm algorithm)
    {
        var keyType = algorithm is DkimAlgorithm.Ed25519Sha256 ? "ed25519" : "rsa";
        return record switch
        {
            { IsRevoked: true } => DkimProblem.KeyRevoked,
            { AllowsEmail: false } or { AllowsSha256: false } => DkimProblem.KeyNotForThis,
            _ when record.KeyType != keyType => DkimProblem.KeyNotForThis,
            _ => DkimProblem.None,
        };
    }
}
