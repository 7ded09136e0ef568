using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Discussions.Reading;

/// <summary>An office as a badge beside a name.</summary>
/// <param name="Unit">Null where the title names it already.</param>
public sealed record HeldOffice(string Title, string? Unit);

/// <summary>Who holds which office now: people read a chair's words otherwise than a neighbour's. Held in memory, a few thousand terms at most.</summary>
public sealed class OfficeHolders(IServiceScopeFactory scopes, StampWatch watch, Access access, TimeProvider clock) : IDisposable
{
    private readonly Snapshot<ILookup<AccountId, Term>> _terms = new(scopes, watch, Stamp.Organisation, (db, cancellation) => LoadAsync(db, clock.GetUtcNow().UtcDateTime, cancellation));

    /// <summary>The first office of an account by the order of its unit; null for most.</summary>
    public async ValueTask<Func<AccountId?, HeldOffice?>> NowAsync(CancellationToken cancellation)
    {
        var terms = await _terms.GetAsync(cancellation);
        var tree = await access.TreeAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return account => account is { } id && terms[id].FirstOrDefault(t => t.From <= now && (t.Until is null || now < t.Until)) is { } term
            ? new(term.Title, tree.Find(term.Unit) is { Parent: not null } unit && !term.Title.Contains(unit.Name, StringComparison.OrdinalIgnoreCase) ? unit.Name : null)
            : null;
    }

    public void Dispose() => _terms.Dispose();

    private static async Task<ILookup<AccountId, Term>> LoadAsync(PlenumDb db, DateTime now, CancellationToken cancellation)
        => (await (from o in db.Set<Office>()
                   from t in o.Terms
                   where o.AbolishedAt == null && (t.Until == null || t.Until > now)
                   orderby o.Order
                   select new { t.Holder, Term = new Term(o.Title, o.UnitId, t.From, t.Until) }).AsNoTracking().ToListAsync(cancellation))
            .ToLookup(t => t.Holder, t => t.Term);

    private sealed record Term(string Title, OrgUnitId Unit, DateTime From, DateTime? Until);
}
