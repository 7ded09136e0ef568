using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>Audience tokens in the reader's words: "members of Bayern", "Landesvorsitz (Bayern)".</summary>
public sealed class SubjectNames(PlenumDb db, Access access, Texts texts)
{
    /// <summary>Names for these tokens; an unknown one is named by its text.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string> tokens, CancellationToken cancellation)
    {
        var wanted = tokens.Distinct(StringComparer.Ordinal).ToList();
        var tree = await access.TreeAsync(cancellation);
        var accounts = Ids(wanted, 'a').Select(AccountId.From).ToList();
        var offices = Ids(wanted, 'o').Select(OfficeId.From).ToList();
        var groups = Ids(wanted, 'g').Select(GroupId.From).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AudienceToken.Public] = texts["audience.public"],
            [AudienceToken.SignedIn] = texts["audience.signed-in"],
        };
        foreach (var unit in Ids(wanted, 'm').Select(OrgUnitId.From).Select(tree.Find).OfType<UnitNode>())
        {
            names[AudienceToken.Member(unit.Id)] = texts["audience.members", unit.Name];
        }

        foreach (var account in await db.Set<Account>().AsNoTracking().Where(a => accounts.Contains(a.Id)).ToListAsync(cancellation))
        {
            names[AudienceToken.Account(account.Id)] = account.DisplayName;
        }

        foreach (var office in await db.Set<Office>().AsNoTracking().Where(o => offices.Contains(o.Id)).ToListAsync(cancellation))
        {
            names[AudienceToken.Holder(office.Id)] = $"{office.Title} ({tree.Find(office.UnitId)?.Name})";
        }

        foreach (var group in await db.Set<Group>().AsNoTracking().Where(g => groups.Contains(g.Id)).ToListAsync(cancellation))
        {
            names[AudienceToken.Group(group.Id)] = texts["audience.group", group.Name];
        }

        return wanted.ToDictionary(t => t, t => names.GetValueOrDefault(t, t), StringComparer.Ordinal);
    }

    /// <summary>An audience in one line: "members of Bayern, Ada Adler".</summary>
    public async Task<string> OfAsync(Audience audience, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var names = await OfAsync(audience.Tokens, cancellation);
        return string.Join(", ", audience.Tokens.Select(t => names[t]).Order(StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true)));
    }

    private static IEnumerable<Guid> Ids(List<string> tokens, char letter)
        => tokens.Where(t => t.Length > 2 && t[0] == letter && AudienceToken.IsKnown(t)).Select(t => Guid.ParseExact(t.AsSpan(2), "N"));
}
