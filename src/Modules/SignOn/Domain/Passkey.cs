using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.Domain;

/// <summary>A discoverable WebAuthn credential of a person (WebAuthn Level 3 §4 "passkey").</summary>
public sealed class Passkey
{
    public const int MaxPerAccount = 20;

    public required Guid Id { get; init; }

    public required AccountId AccountId { get; init; }

    public required byte[] CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    public required string Name { get; set; }

    /// <summary>Transports the browser reported, separated by spaces.</summary>
    public required string Transports { get; init; }

    public required uint SignCount { get; set; }

    public required bool IsUserVerified { get; set; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; set; }

    public required byte[] AttestationObject { get; init; }

    public required byte[] ClientDataJson { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? LastUsedAt { get; set; }
}
