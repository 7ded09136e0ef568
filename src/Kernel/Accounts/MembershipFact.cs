using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Accounts;

/// <summary>All the kernel knows of a membership: the account's person is a member of a unit, and since when entitled to vote. Told by the register.</summary>
public sealed class MembershipFact
{
    public required AccountId AccountId { get; init; }

    /// <summary>The lowest unit; membership in everything above follows.</summary>
    public required OrgUnitId UnitId { get; init; }

    public required DateTime Since { get; init; }

    public DateTime? EntitledToVoteSince { get; set; }
}
