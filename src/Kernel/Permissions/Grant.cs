using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>A role given to an account, an office or an audience, on a unit, for a time.</summary>
public sealed class Grant
{
    private Grant()
    {
    }

    public Grant(string subject, string role, OrgUnitId unit, bool inherits, DateTime from, DateTime? until)
    {
        if (!AudienceToken.IsKnown(subject))
        {
            throw new RuleException("grants.subject-unknown");
        }

        if (until <= from)
        {
            throw new RuleException("grants.ends-first");
        }

        Id = Guid.CreateVersion7();
        Subject = subject;
        Role = role;
        UnitId = unit;
        Inherits = inherits;
        From = from;
        Until = until;
    }

    public Guid Id { get; private init; }

    /// <summary>An audience token: an account, an office, members of a unit, a group, everyone signed in.</summary>
    public string Subject { get; private init; } = "";

    public string Role { get; private init; } = "";

    public OrgUnitId UnitId { get; private init; }

    /// <summary>Write permissions of the role hold below the unit, too.</summary>
    public bool Inherits { get; private init; }

    public DateTime From { get; private init; }

    public DateTime? Until { get; private set; }

    public bool IsCurrent(DateTime utcNow) => From <= utcNow && (Until is null || utcNow < Until);

    public void Revoke(DateTime utcNow)
    {
        if (Until is null || Until > utcNow)
        {
            Until = utcNow > From ? utcNow : From;
        }
    }
}
