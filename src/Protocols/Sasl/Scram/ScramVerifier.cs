using System.Security.Cryptography;
using System.Text;
using Plenum.Protocols.Sasl.Precis;

namespace Plenum.Protocols.Sasl.Scram;

/// <summary>What a server keeps instead of a password (RFC 5802 §3). It proves a client and the server, and is no password equivalent.</summary>
/// <param name="Salt">Random octets, 16 or more for new ones.</param>
/// <param name="StoredKey">H(ClientKey), as long as the hash.</param>
/// <param name="ServerKey">HMAC(SaltedPassword, "Server Key"), as long as the hash.</param>
public sealed record ScramVerifier(ScramHash Hash, ReadOnlyMemory<byte> Salt, int Iterations, ReadOnlyMemory<byte> StoredKey, ReadOnlyMemory<byte> ServerKey)
{
    public const int SaltLength = 16;

    /// <summary>The least RFC 7677 §4 asks for. Stored verifiers keep what they were made with.</summary>
    public const int MinIterations = 4096;

    /// <summary>More than this is an attack on whoever computes it, never a setting.</summary>
    public const int MaxIterations = 5_000_000;

    /// <summary>Derives the verifier of a password with a fresh salt.</summary>
    /// <exception cref="ArgumentException">The password cannot be prepared: ask <see cref="PrecisProfile.TryOpaqueString"/> before.</exception>
    public static ScramVerifier Create(string password, ScramHash hash, int iterations = MinIterations)
        => Create(password, RandomNumberGenerator.GetBytes(SaltLength), iterations, hash);

    /// <summary>Derives the verifier of a password: PBKDF2, then HMAC (RFC 5802 §3).</summary>
    /// <exception cref="ArgumentException">The password cannot be prepared as OpaqueString (RFC 8265 §4), or salt or iterations are out of range.</exception>
    public static ScramVerifier Create(string password, ReadOnlySpan<byte> salt, int iterations, ScramHash hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
        if (!PrecisProfile.TryOpaqueString(password, out var prepared) || salt.IsEmpty)
        {
            throw new ArgumentException("A verifier needs a password of allowed characters and a salt.", nameof(password));
        }

        var salted = SaltedPassword(prepared, salt, iterations, hash);
        var stored = hash.Hash(hash.Hmac(salted, "Client Key"u8));
        return new ScramVerifier(hash, salt.ToArray(), iterations, stored, hash.Hmac(salted, "Server Key"u8));
    }

    /// <summary>True if this is the password. Costs the verifier's iterations whatever the answer.</summary>
    public bool Matches(string password)
    {
        if (!PrecisProfile.TryOpaqueString(password, out var prepared))
        {
            return false; // No password that could be stored: nothing of the account shows in the time this takes.
        }

        var salted = SaltedPassword(prepared, Salt.Span, Iterations, Hash);
        return CryptographicOperations.FixedTimeEquals(Hash.Hash(Hash.Hmac(salted, "Client Key"u8)), StoredKey.Span);
    }

    public bool Equals(ScramVerifier? other)
        => other is not null && Hash == other.Hash && Iterations == other.Iterations && Salt.Span.SequenceEqual(other.Salt.Span)
            && CryptographicOperations.FixedTimeEquals(StoredKey.Span, other.StoredKey.Span)
            && CryptographicOperations.FixedTimeEquals(ServerKey.Span, other.ServerKey.Span);

    public override int GetHashCode() => HashCode.Combine(Hash, Iterations, Salt.Length);

    public override string ToString() => $"{Hash.MechanismName} verifier of {Iterations} iterations"; // Keys stay out of logs.

    internal static byte[] SaltedPassword(string prepared, ReadOnlySpan<byte> salt, int iterations, ScramHash hash)
        => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(prepared), salt, iterations, hash.Name, hash.Length);
}
