using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>A key that signs, RSA or Ed25519. Safe for many threads at once.</summary>
public sealed class DkimPrivateKey : IDisposable
{
    /// <summary>RFC 8301 §3.2: signers use at least 2048 bits.</summary>
    public const int DefaultRsaBits = 2048;

    private const string Ed25519Oid = "1.3.101.112"; // RFC 8410 §3

    private readonly ConcurrentBag<RSA> _idle = [];
    private readonly RSAParameters _rsa;
    private readonly byte[] _seed;
    private readonly byte[] _ed25519Public;

    private DkimPrivateKey(RSAParameters rsa)
    {
        Algorithm = DkimAlgorithm.RsaSha256;
        _rsa = rsa;
        _seed = _ed25519Public = [];
    }

    private DkimPrivateKey(byte[] seed)
    {
        Algorithm = DkimAlgorithm.Ed25519Sha256;
        _seed = seed;
        _ed25519Public = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, _ed25519Public, 0);
    }

    public DkimAlgorithm Algorithm { get; }

    /// <summary>Makes an RSA key.</summary>
    /// <param name="bits">At least 1024 (RFC 8301 §3.2). What is published must fit into a DNS answer: 2048 is usual.</param>
    public static DkimPrivateKey GenerateRsa(int bits = DefaultRsaBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, DkimPublicKey.MinRsaBits);
        using var rsa = RSA.Create(bits);
        return new DkimPrivateKey(rsa.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>Makes an Ed25519 key (RFC 8463); sign with RSA beside it, many verifiers know only that.</summary>
    public static DkimPrivateKey GenerateEd25519() => new(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>A key from its 32-octet seed (RFC 8032 §5.1.5).</summary>
    public static DkimPrivateKey FromEd25519Seed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, Ed25519.SecretKeySize);
        return new DkimPrivateKey(seed.ToArray());
    }

    /// <summary>Reads a PEM block: PKCS #8 (RSA or Ed25519) or PKCS #1 (RSA).</summary>
    /// <returns>False if it is none of these, or an RSA key under 1024 bits (RFC 8301 §3.2).</returns>
    public static bool TryFromPem(string pem, [NotNullWhen(true)] out DkimPrivateKey? key)
    {
        key = null;
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return false;
        }

        var label = pem.AsSpan()[fields.Label];
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        if (label.SequenceEqual("PRIVATE KEY") && TryReadEd25519(der, out var seed))
        {
            key = new DkimPrivateKey(seed);
            return true;
        }

        if (!label.SequenceEqual("PRIVATE KEY") && !label.SequenceEqual("RSA PRIVATE KEY"))
        {
            return false;
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            key = rsa.KeySize < DkimPublicKey.MinRsaBits ? null : new DkimPrivateKey(rsa.ExportParameters(includePrivateParameters: true));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            key = null;
        }

        return key is not null;
    }

    /// <summary>The key as PKCS #8 PEM. Keep it secret.</summary>
    public string ToPem()
    {
        if (Algorithm is DkimAlgorithm.RsaSha256)
        {
            using var rsa = RSA.Create(_rsa);
            return rsa.ExportPkcs8PrivateKeyPem();
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Ed25519Oid);
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(_seed); // RFC 8410 §7: CurvePrivateKey inside PrivateKey.
            }
        }

        return PemEncoding.WriteString("PRIVATE KEY", writer.Encode());
    }

    /// <summary>The TXT record to publish at SELECTOR._domainkey.DOMAIN; longer than 255 octets for RSA, so split it into strings.</summary>
    public string ToDnsRecord()
    {
        if (Algorithm is DkimAlgorithm.Ed25519Sha256)
        {
            return $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(_ed25519Public)}";
        }

        using var rsa = RSA.Create(new RSAParameters { Modulus = _rsa.Modulus, Exponent = _rsa.Exponent });
        return $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_seed);
        while (_idle.TryTake(out var rsa))
        {
            rsa.Dispose();
        }
    }

    /// <summary>Signs the SHA-256 of a canonical header.</summary>
    public byte[] SignHash(ReadOnlySpan<byte> sha256)
    {
        if (Algorithm is DkimAlgorithm.Ed25519Sha256)
        {
            var signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(_seed, 0, _ed25519Public, 0, sha256.ToArray(), 0, sha256.Length, signature, 0);
            return signature;
        }

        if (!_idle.TryTake(out var rsa)) // RSA objects promise nothing to two threads: each borrows one.
        {
            rsa = RSA.Create(_rsa);
        }

        try
        {
            return rsa.SignHash(sha256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _idle.Add(rsa);
        }
    }

    private static bool TryReadEd25519(byte[] der, out byte[] seed)
    {
        seed = [];
        try
        {
            var sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            sequence.ReadInteger();
            if (sequence.ReadSequence().ReadObjectIdentifier() != Ed25519Oid)
            {
                return false;
            }

            seed = new AsnReader(sequence.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
            return seed.Length == Ed25519.SecretKeySize;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
