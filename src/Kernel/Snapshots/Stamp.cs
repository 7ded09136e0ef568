namespace Plenum.Kernel.Snapshots;

/// <summary>Changes its value whenever rows of a kind change, so that every node knows when to read them again.</summary>
public sealed class Stamp
{
    /// <summary>Units, offices and their terms.</summary>
    public const string Organisation = "organisation";

    /// <summary>Grants, roles, audiences.</summary>
    public const string Permissions = "permissions";

    /// <summary>Accounts, membership facts, groups.</summary>
    public const string Accounts = "accounts";

    /// <summary>Versions of what cached pages show.</summary>
    public const string CacheTags = "cache-tags";

    public required string Name { get; init; }

    /// <summary>A fresh random value for each change: two writers at once can never leave the value as a reader knew it.</summary>
    public required Guid Value { get; set; }
}

/// <summary>Rows of this entity type change a stamp.</summary>
/// <param name="EntityType">An entity of the model.</param>
/// <param name="Name">The stamp's name.</param>
public sealed record StampedEntity(Type EntityType, string Name);
