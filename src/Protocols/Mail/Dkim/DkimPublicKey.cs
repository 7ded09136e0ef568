using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>A public key ready to verify with.</summary>
internal sealed class DkimPublicKey : IDisposable
{
    /// <summary>RFC 8301 §3.2: signatures by shorter RSA keys are not valid. In bits.</summary>
    public const int MinRsaBits = 1024;

    /// <summary>RFC 8301 §3.2 asks for 4096; beyond twice that a key only costs our time. In bits.</summary>
    public const int MaxRsaBits = 8192;

    /// <summary>Exponents in use fit 4 octets; a huge one makes each verification as slow as signing. In octets.</summary>
    private const int MaxExponentLength = 8;

    private readonly RSA? _rsa;
    private readonly byte[] _ed25519;

    private DkimPublicKey(RSA? rsa, byte[] ed25519)
    {
        _rsa = rsa;
        _ed25519 = ed25519;
    }

    /// <summary>RSA: bits of the modulus; Ed25519: 256.</summary>
    public int Bits => _rsa?.KeySize ?? 256;

    public static DkimPublicKey? TryCreate(DkimAlgorithm algorithm, ReadOnlyMemory<byte> key, out DkimProblem problem)
    {
        if (algorithm is DkimAlgorithm.Ed25519Sha256)
        {
            problem = key.Length == Ed25519.PublicKeySize ? DkimProblem.None : DkimProblem.KeySyntax; // RFC 8463 §4.2: the octets, no ASN.1.
            return problem is DkimProblem.None ? new DkimPublicKey(null, key.ToArray()) : null;
        }

        problem = DkimProblem.KeySyntax;
        if (!TryReadRsa(key, out var parameters))
        {
            return null;
        }

        var bits = (parameters.Modulus!.Length * 8) - LeadingZeroBits(parameters.Modulus[0]);
        if (bits is < MinRsaBits or > MaxRsaBits || parameters.Exponent!.Length > MaxExponentLength)
        {
            problem = DkimProblem.KeyLength;
            return null;
        }

        try
        {
            problem = DkimProblem.None;
            return new DkimPublicKey(RSA.Create(parameters), []);
        }
        catch (CryptographicException)
        {
            problem = DkimProblem.KeySyntax;
            return null;
        }
    }

    /// <param name="sha256">Hash of the canonical header.</param>
    public bool Verify(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature)
    {
        if (_rsa is null)
        {
            return signature.Length == Ed25519.SignatureSize
                && Ed25519.Verify(signature.ToArray(), 0, _ed25519, 0, sha256.ToArray(), 0, sha256.Length);
        }

        try
        {
            return _rsa.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => _rsa?.Dispose();

    /// <summary>p= is a SubjectPublicKeyInfo in practice and a bare RSAPublicKey in the letter (RFC 6376 erratum 3017): both are read.</summary>
    private static bool TryReadRsa(ReadOnlyMemory<byte> der, out RSAParameters parameters)
    {
        parameters = default;
        try
        {
            var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                var algorithm = sequence.ReadSequence();
                if (algorithm.ReadObjectIdentifier() != "1.2.840.113549.1.1.1")
                {
                    return false;
                }

                var bits = sequence.ReadBitString(out _);
                sequence = new AsnReader(bits, AsnEncodingRules.DER).ReadSequence();
            }

            var modulus = Unsigned(sequence.ReadIntegerBytes().Span);
            var exponent = Unsigned(sequence.ReadIntegerBytes().Span);
            parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
            return modulus.Length > 0 && exponent.Length > 0;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static byte[] Unsigned(ReadOnlySpan<byte> integer) => integer.TrimStart((byte)0).ToArray();

    private static int LeadingZeroBits(byte octet) => System.Numerics.BitOperations.LeadingZeroCount(octet) - 24;
}
