using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Site.Domain;

namespace Plenum.Site.People;

/// <summary>What the page of a person shows to a viewer.</summary>
public sealed record PersonPage
{
    public required string Name { get; init; }

    public required string Login { get; init; }

    /// <summary>Markdown; empty if the person says nothing or does not show it to this viewer.</summary>
    public required string About { get; init; }

    public required DateTime Since { get; init; }

    /// <summary>Offices held now, then former ones.</summary>
    public required IReadOnlyList<HeldOffice> Offices { get; init; }

    public required ProfileVisibility Visibility { get; init; }

    /// <summary>The viewer looks at their own page.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Only name and offices are shown: the person keeps the rest from this viewer.</summary>
    public required bool IsReduced { get; init; }
}

public sealed record HeldOffice(string Title, UnitNode Unit, DateTime From, DateTime? Until, bool IsCurrent);

/// <summary>
/// Pages of people. Who sees one is the person's own choice; name and current offices of those who hold an office are public, as an
/// organisation shows who acts for it. Memberships are shown to nobody: which party someone belongs to is theirs to tell.
/// </summary>
public sealed class ProfileService(PlenumDb db, Access access, TimeProvider clock)
{
    /// <returns>Null if there is nothing of this name that the viewer may see.</returns>
    /// <exception cref="DeniedException">A guest asks for someone who is not public, or for nobody: which of the two is not said.</exception>
    public async Task<PersonPage?> FindAsync(string login, Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var wanted = login.Trim().ToLowerInvariant();
        var account = await db.Set<Account>().AsNoTracking()
            .SingleOrDefaultAsync(a => a.Login == wanted && a.Kind == AccountKind.Person && a.State == AccountState.Active, cancellation);
        if (account is null)
        {
            _ = viewer.SignedInAccount;
            return null;
        }

        var visibility = await ChoiceAsync(account.Id, cancellation);
        var isOwn = viewer.Account == account.Id;
        var sees = isOwn || await SeesAsync(account.Id, visibility, viewer, cancellation);
        var offices = await OfficesAsync(account.Id, cancellation);
        if (!sees && !offices.Any(o => o.IsCurrent))
        {
            _ = viewer.SignedInAccount;
        }

        return new()
        {
            Name = account.DisplayName,
            Login = account.Login,
            About = sees ? account.About : "",
            Since = account.CreatedAt,
            Offices = [.. offices.Where(o => sees || o.IsCurrent)],
            Visibility = visibility,
            IsOwn = isOwn,
            IsReduced = !sees,
        };
    }

    /// <summary>Everyone decides for themselves.</summary>
    public async Task ChooseAsync(Viewer viewer, ProfileVisibility visibility, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        if (await db.Set<ProfileChoice>().SingleOrDefaultAsync(c => c.AccountId == account, cancellation) is { } choice)
        {
            choice.Visibility = visibility;
        }
        else
        {
            db.Add(new ProfileChoice { AccountId = account, Visibility = visibility });
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task<ProfileVisibility> ChoiceAsync(AccountId account, CancellationToken cancellation)
        => await db.Set<ProfileChoice>().Where(c => c.AccountId == account).Select(c => (ProfileVisibility?)c.Visibility).SingleOrDefaultAsync(cancellation)
            ?? ProfileChoice.Default;

    private async Task<bool> SeesAsync(AccountId account, ProfileVisibility visibility, Viewer viewer, CancellationToken cancellation) => visibility switch
    {
        ProfileVisibility.Public => true,
        ProfileVisibility.SignedIn => viewer.IsSignedIn,
        ProfileVisibility.OwnUnits => viewer.IsSignedIn && await SharesUnitAsync(account, viewer, cancellation),
        _ => false,
    };

    private async Task<bool> SharesUnitAsync(AccountId account, Viewer viewer, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        var units = await db.Set<MembershipFact>().Where(m => m.AccountId == account).Select(m => m.UnitId).ToListAsync(cancellation);
        return units.Select(tree.Find).OfType<UnitNode>().SelectMany(u => u.SelfAndAncestors()).Where(u => u.Depth > 0)
            .Any(u => viewer.Tokens.Contains(AudienceToken.Member(u.Id)));
    }

    private async Task<IReadOnlyList<HeldOffice>> OfficesAsync(AccountId account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tree = await access.TreeAsync(cancellation);
        var offices = await db.Set<Office>().AsNoTracking().Include(o => o.Terms.Where(t => t.Holder == account))
            .Where(o => o.Terms.Any(t => t.Holder == account && t.From <= now)).ToListAsync(cancellation);
        return
        [
            .. from office in offices
               from term in office.Terms
               where term.From <= now && tree.Find(office.UnitId) is not null
               orderby term.IsCurrent(now) descending, term.From descending
               select new HeldOffice(office.Title, tree.Find(office.UnitId)!, term.From, term.Until, term.IsCurrent(now) && office.AbolishedAt is null),
        ];
    }
}
