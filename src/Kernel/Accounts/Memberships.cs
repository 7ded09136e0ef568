using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Accounts;

/// <summary>
/// Takes from the register what the kernel may know of memberships. Written in the caller's context; the register has permitted and
/// recorded the change already.
/// </summary>
public static class Memberships
{
    /// <summary>Makes these the only memberships of an account, one for each unit; none: a sympathiser or guest.</summary>
    public static async Task ReplaceAsync(PlenumDb db, AccountId account, IReadOnlyList<MembershipFact> facts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(facts);
        var known = await db.Set<MembershipFact>().Where(m => m.AccountId == account).ToListAsync(cancellation);
        db.RemoveRange(known.Where(k => !facts.Any(f => f.UnitId == k.UnitId)));
        foreach (var fact in facts)
        {
            if (known.Find(k => k.UnitId == fact.UnitId) is { } same)
            {
                db.Entry(same).CurrentValues.SetValues(fact);
            }
            else
            {
                db.Add(fact);
            }
        }
    }
}
