using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>Who is in an audience: the other direction of a viewer's tokens, as a query.</summary>
public sealed class AudienceAccounts(Access access, TimeProvider clock)
{
    /// <summary>Active people in the audience; for a public one, everyone who can sign in. Each once, in no order.</summary>
    public async ValueTask<IQueryable<Account>> OfAsync(PlenumDb db, Audience audience, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(audience);
        var people = db.Set<Account>().Where(a => a.State == AccountState.Active && a.Kind == AccountKind.Person);
        if (audience.Tokens.Any(t => t is AudienceToken.Public or AudienceToken.SignedIn))
        {
            return people;
        }

        var tree = await access.TreeAsync(cancellation);
        var ids = audience.Tokens.Select(t => IdsOf(db, t, tree)).OfType<IQueryable<AccountId>>().ToList();
        return ids is [] ? people.Where(_ => false) : people.Where(In(ids));
    }

    private static System.Linq.Expressions.Expression<Func<Account, bool>> In(List<IQueryable<AccountId>> ids)
    {
        var all = ids.Aggregate((a, b) => a.Union(b));
        return account => all.Contains(account.Id);
    }

    private IQueryable<AccountId>? IdsOf(PlenumDb db, string token, OrgTree tree)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var id = Guid.ParseExact(token.AsSpan(2), "N");
        return token[0] switch
        {
            'm' => tree.Find(OrgUnitId.From(id)) is { } unit ? MembersOf(db, tree.Successor(unit)) : null,
            'o' => Holders(db, OfficeId.From(id), now),
            'g' => GroupMembers(db, GroupId.From(id)),
            _ => Single(db, AccountId.From(id)),
        };
    }

    private static IQueryable<AccountId> MembersOf(PlenumDb db, UnitNode unit)
    {
        var units = db.Set<OrgUnit>().Below(unit.Path, includingItself: true).Select(u => u.Id);
        return db.Set<MembershipFact>().Where(m => units.Contains(m.UnitId)).Select(m => m.AccountId);
    }

    private static IQueryable<AccountId> Holders(PlenumDb db, OfficeId office, DateTime now)
        => db.Set<Office>().Where(o => o.Id == office && o.AbolishedAt == null).SelectMany(o => o.Terms)
            .Where(t => t.From <= now && (t.Until == null || t.Until > now)).Select(t => t.Holder);

    private static IQueryable<AccountId> GroupMembers(PlenumDb db, GroupId group)
        => db.Set<Group>().Where(g => g.Id == group).SelectMany(g => g.Members).Select(m => m.AccountId);

    private static IQueryable<AccountId> Single(PlenumDb db, AccountId account) => db.Set<Account>().Where(a => a.Id == account).Select(a => a.Id);
}
