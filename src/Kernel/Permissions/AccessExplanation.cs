using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

public enum ExplanationKind
{
    /// <summary>This grant allows it.</summary>
    Allows,

    /// <summary>The role fits and the unit is reached, but the grant is for others.</summary>
    ForOthers,

    /// <summary>The grant is for the viewer, but it stands above and is not inherited.</summary>
    NotInherited,

    /// <summary>The grant is for the viewer, but its time has not come.</summary>
    NotYet,

    /// <summary>A private body: nothing from above reaches it.</summary>
    PrivateBody,
}

/// <summary>One step of the answer to "why may I, why may I not".</summary>
public sealed record ExplanationStep(ExplanationKind Kind, UnitNode Unit, Grant? Grant);

/// <summary>The answer to "why may I, why may I not".</summary>
public sealed record AccessExplanation(bool May, IReadOnlyList<ExplanationStep> Steps)
{
    internal static AccessExplanation Of(Viewer viewer, Permission permission, UnitNode? unit, AccessTable table, DateTime utcNow)
    {
        var steps = new List<ExplanationStep>();
        for (var at = unit; at is not null; at = at.Parent)
        {
            foreach (var grant in table.GrantsOn(at.Id))
            {
                if (table.Roles.TryGetValue(grant.Role, out var role) && role.Permissions.Contains(permission))
                {
                    steps.Add(new(KindOf(grant, viewer, permission, at.Id == unit!.Id, utcNow), at, grant));
                }
            }

            if (at.IsPrivate)
            {
                steps.Add(new(ExplanationKind.PrivateBody, at, null));
                break;
            }
        }

        return new(steps.Exists(s => s.Kind == ExplanationKind.Allows), steps);
    }

    private static ExplanationKind KindOf(Grant grant, Viewer viewer, Permission permission, bool onUnitItself, DateTime utcNow)
        => !viewer.Tokens.Contains(grant.Subject) ? ExplanationKind.ForOthers
            : !grant.IsCurrent(utcNow) ? ExplanationKind.NotYet
            : onUnitItself || permission.Reach == PermissionReach.View || grant.Inherits ? ExplanationKind.Allows
            : ExplanationKind.NotInherited;
}
