using System.Security.Cryptography;
using System.Text;
using Plenum.Contracts.Organisation;

namespace Plenum.Operations.Setup;

/// <summary>The one-time link of a Plenum that is not set up: one row. It works until the first administrator can sign in.</summary>
internal sealed class SetupLink
{
    public const int OnlyId = 1;
    private const int SecretBytes = 24; // 192 bits: nobody guesses it, however long a set-up is put off.

    private SetupLink()
    {
    }

    private SetupLink(byte[] hash, DateTime utcNow) => (Hash, CreatedAt) = (hash, utcNow);

    public int Id { get; private init; } = OnlyId;

    /// <summary>SHA-256 of the secret; the secret is random, so a fast hash will do.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    /// <summary>The first administrator, once the organisation is made.</summary>
    public AccountId? Administrator { get; private set; }

    public DateTime? FinishedAt { get; private set; }

    public bool IsOpen => FinishedAt is null;

    public static SetupLink Create(out string secret, DateTime utcNow)
    {
        secret = NewSecret();
        return new(HashOf(secret), utcNow);
    }

    /// <summary>A new secret; the one before stops working.</summary>
    public string Renew(DateTime utcNow)
    {
        var secret = NewSecret();
        (Hash, CreatedAt) = (HashOf(secret), utcNow);
        return secret;
    }

    public bool Fits(string? secret)
        => IsOpen && secret is { Length: > 0 and < 200 } && CryptographicOperations.FixedTimeEquals(Hash, HashOf(secret));

    public void MadeBy(AccountId administrator) => Administrator = administrator;

    public void Finish(DateTime utcNow) => FinishedAt ??= utcNow;

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
