using System.Security.Cryptography;

namespace Plenum.Protocols.Sasl.Scram;

/// <summary>Hash function of a SCRAM mechanism: SHA-1 (RFC 5802) or SHA-256 (RFC 7677).</summary>
public enum ScramHash
{
    Sha1,
    Sha256,
}

internal static class ScramHashFunctions
{
    extension(ScramHash hash)
    {
        public HashAlgorithmName Name => hash is ScramHash.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;

        public int Length => hash is ScramHash.Sha1 ? 20 : 32;

        public string MechanismName => hash is ScramHash.Sha1 ? "SCRAM-SHA-1" : "SCRAM-SHA-256";

        public byte[] Hash(ReadOnlySpan<byte> octets) => CryptographicOperations.HashData(hash.Name, octets);

        public byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> octets) => CryptographicOperations.HmacData(hash.Name, key, octets);
    }
}
