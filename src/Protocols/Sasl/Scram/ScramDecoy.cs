using System.Security.Cryptography;
using System.Text;

namespace Plenum.Protocols.Sasl.Scram;

/// <summary>
/// Makes verifiers for names that do not exist, so that a stranger cannot ask which names do (RFC 5802 §9): the salt of a name
/// is the same on every try, no password matches, and the work is that of a real verifier.
/// </summary>
/// <param name="secret">At least 32 random octets, kept as long as the server lives: changing them changes every decoy's salt.</param>
public sealed class ScramDecoy(ReadOnlyMemory<byte> secret)
{
    /// <summary>The verifier of the name, or its decoy. Always derives the decoy, so both ways cost the same.</summary>
    public ScramVerifier Choose(ScramVerifier? found, string username, ScramHash hash, int iterations = ScramVerifier.MinIterations)
    {
        var decoy = For(username, hash, iterations);
        return found ?? decoy;
    }

    /// <summary>The decoy of a name: deterministic in name and hash.</summary>
    /// <param name="iterations">What the server gives to new accounts; a different number would be a mark.</param>
    public ScramVerifier For(string username, ScramHash hash, int iterations = ScramVerifier.MinIterations)
    {
        var salt = Derive("salt", username, hash).AsMemory(0, ScramVerifier.SaltLength);
        return new ScramVerifier(hash, salt, iterations, Derive("stored", username, hash).AsMemory(0, hash.Length), Derive("server", username, hash).AsMemory(0, hash.Length));
    }

    private byte[] Derive(string what, string username, ScramHash hash)
        => HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes($"{what}\0{hash.MechanismName}\0{username}"));
}
