using System.Security.Cryptography;
using System.Text;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>Makes and checks the SCRAM verifiers of app passwords (RFC 5802 §3). Generated passwords are ASCII, so SASLprep changes nothing.</summary>
internal static class ScramDerivation
{
    public const int Iterations = 4_096; // The least RFC 7677 §4 allows: a 125-bit random password needs no slow hash.

    public static AppPasswordVerifiers Derive(string password, byte[] salt)
    {
        var (sha1Stored, sha1Server) = Keys(password, salt, HashAlgorithmName.SHA1);
        var (sha256Stored, sha256Server) = Keys(password, salt, HashAlgorithmName.SHA256);
        return new(sha1Stored, sha1Server, sha256Stored, sha256Server);
    }

    public static byte[] StoredKeySha256(string password, byte[] salt) => Keys(password, salt, HashAlgorithmName.SHA256).Stored;

    private static (byte[] Stored, byte[] Server) Keys(string password, byte[] salt, HashAlgorithmName hash)
    {
        var size = hash == HashAlgorithmName.SHA1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, hash, size);
        var clientKey = CryptographicOperations.HmacData(hash, salted, "Client Key"u8);
        return (CryptographicOperations.HashData(hash, clientKey), CryptographicOperations.HmacData(hash, salted, "Server Key"u8));
    }
}
