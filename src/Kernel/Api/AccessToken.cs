using System.Security.Cryptography;
using System.Text;
using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Api;

/// <summary>A personal access token: a program acts as its owner with it, within what the token allows. Kept as a hash.</summary>
public sealed class AccessToken
{
    public const int MaxPerAccount = 50;
    public const int MaxNameLength = 80;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretLength = 40; // 62^40 is 238 bits.
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(10); // How exact "last use" is; saves a write per request.

    private AccessToken()
    {
    }

    internal AccessToken(AccountId account, NewToken wanted, DateTime utcNow, out string secret)
    {
        secret = Prefix + RandomNumberGenerator.GetString(Alphabet, SecretLength);
        Id = Guid.CreateVersion7();
        AccountId = account;
        Name = wanted.Name.Trim() is { Length: > 0 and <= MaxNameLength } clean && !clean.Any(char.IsControl) ? clean : throw new RuleException("tokens.name-length", MaxNameLength);
        Hash = HashOf(secret);
        Ending = secret[^4..];
        MayWrite = wanted.MayWrite;
        SeesPrivate = wanted.SeesPrivate;
        Permissions = string.Join(' ', wanted.Permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        UnitId = wanted.Unit;
        CreatedAt = utcNow;
        ExpiresAt = wanted.ExpiresAt is null || wanted.ExpiresAt > utcNow ? wanted.ExpiresAt : throw new RuleException("tokens.expired-already");
    }

    /// <summary>What every token begins with, so that scanners for leaked secrets find it.</summary>
    public const string Prefix = "plenum_pat_";

    public Guid Id { get; private init; }

    public AccountId AccountId { get; private init; }

    /// <summary>The owner's name for it, e.g. "export script".</summary>
    public string Name { get; private init; } = "";

    public byte[] Hash { get; private init; } = [];

    /// <summary>Its last four characters, to tell tokens apart.</summary>
    public string Ending { get; private init; } = "";

    /// <summary>False: GET and HEAD alone.</summary>
    public bool MayWrite { get; private init; }

    /// <summary>False: sees what guests see; permissions hold all the same.</summary>
    public bool SeesPrivate { get; private init; }

    /// <summary>Names of the permissions it may use, separated by spaces; of these the owner's own hold.</summary>
    public string Permissions { get; private init; } = "";

    /// <summary>Permissions hold for this unit and what lies below; null: wherever the owner has them.</summary>
    public OrgUnitId? UnitId { get; private init; }

    public DateTime CreatedAt { get; private init; }

    public DateTime? ExpiresAt { get; private init; }

    public DateTime? LastUsedAt { get; private set; }

    /// <summary>IP address of the last use.</summary>
    public string? LastUsedFrom { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public IReadOnlyList<string> PermissionNames => Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsValid(DateTime utcNow) => RevokedAt is null && (ExpiresAt is null || utcNow < ExpiresAt);

    public void Revoke(DateTime utcNow) => RevokedAt ??= utcNow;

    internal bool IsUseWorthNoting(DateTime utcNow) => LastUsedAt is null || utcNow - LastUsedAt > SeenGrain;

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>What a new token is to allow.</summary>
public sealed record NewToken(string Name)
{
    public bool MayWrite { get; init; }

    public bool SeesPrivate { get; init; } = true;

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public OrgUnitId? Unit { get; init; }

    public DateTime? ExpiresAt { get; init; }
}
