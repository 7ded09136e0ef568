using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;

namespace Plenum.SignOn.Domain;

/// <summary>A generated password for one device, shown once. Only its SCRAM verifiers are kept (RFC 5802 §3).</summary>
public sealed class AppPassword
{
    public const int MaxPerAccount = 50;

    private AppPassword()
    {
    }

    public AppPassword(AccountId account, string name, IEnumerable<ProtocolDoor> doors, AppPasswordVerifiers verifiers, DateTime utcNow)
    {
        var clean = name.Trim();
        if (clean.Length is 0 or > 80)
        {
            throw new Kernel.RuleException("signon.app-password.name-length", 80);
        }

        Id = Guid.CreateVersion7();
        AccountId = account;
        Name = clean;
        Doors = string.Join(' ', doors.Distinct().Order());
        (StoredKeySha1, ServerKeySha1, StoredKeySha256, ServerKeySha256) = verifiers;
        CreatedAt = utcNow;
        if (Doors.Length == 0)
        {
            throw new Kernel.RuleException("signon.app-password.no-door");
        }
    }

    public Guid Id { get; private init; }

    public AccountId AccountId { get; private init; }

    /// <summary>What the person calls the device.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Names of <see cref="ProtocolDoor"/>, separated by spaces.</summary>
    public string Doors { get; private init; } = "";

    public byte[] StoredKeySha1 { get; private init; } = [];

    public byte[] ServerKeySha1 { get; private init; } = [];

    public byte[] StoredKeySha256 { get; private init; } = [];

    public byte[] ServerKeySha256 { get; private init; } = [];

    public DateTime CreatedAt { get; private init; }

    public DateTime? LastUsedAt { get; private set; }

    public string? LastUsedFrom { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    public bool Opens(ProtocolDoor door) => RevokedAt is null && Doors.Split(' ').Contains(door.ToString());

    public void Used(string address, DateTime utcNow) => (LastUsedAt, LastUsedFrom) = (utcNow, address);

    public void Revoke(DateTime utcNow) => RevokedAt ??= utcNow;
}

/// <summary>Stored and server keys of one password under the account's salt.</summary>
public sealed record AppPasswordVerifiers(byte[] Sha1Stored, byte[] Sha1Server, byte[] Sha256Stored, byte[] Sha256Server);
