using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

/// <summary>Who did what to what, when and where. Written once; the sealer adds position and hashes and nothing changes it afterwards.</summary>
public sealed class AuditEntry
{
    public long Id { get; private init; }

    /// <summary>UTC, whole microseconds: what both databases keep.</summary>
    public required DateTime At { get; init; }

    /// <summary>Null: the system itself, or someone not signed in.</summary>
    public AccountId? Actor { get; init; }

    /// <summary>What was done: module, dot, verb; e.g. "accounts.grant".</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, e.g. "account:0193…".</summary>
    public required string Subject { get; init; }

    public OrgUnitId? Unit { get; init; }

    /// <summary>For people; no personal data that must be erasable.</summary>
    public required string Details { get; init; }

    /// <summary>Place in the chain from 1; null until sealed.</summary>
    public long? Position { get; internal set; }

    public byte[]? PreviousHash { get; internal set; }

    public byte[]? Hash { get; internal set; }
}

internal sealed class AuditModel : IModelContributor
{
    public void Build(ModelBuilder model) => model.Entity<AuditEntry>().ToTable("kernel_audit");
}
