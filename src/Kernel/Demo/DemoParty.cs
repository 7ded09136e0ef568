using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Demo;

/// <summary>The "Demokratie-Partei": federation, 16 states, the districts of two of them, working groups, eight people with a story and 200 more members.</summary>
internal sealed class DemoParty(PlenumDb db, TimeProvider clock) : IDemoSeed
{
    private const int OtherMembers = 200;

    private readonly DateTime _now = clock.GetUtcNow().UtcDateTime;

    public int Order => 0;

    public async Task SeedAsync(CancellationToken cancellation)
    {
        if (await db.Set<OrgUnit>().AnyAsync(cancellation))
        {
            return;
        }

        var federation = AddUnit(OrgUnitKind.Federation, "Demokratie-Partei", null);
        federation.UseDomains("plenum.test", null, "de en");
        federation.Describe(OrgUnitKind.Federation, DemoTexts.Federation, "info@plenum.test", isPrivate: false);
        var states = DemoTexts.States.ToDictionary(s => s, s => AddUnit(OrgUnitKind.State, s, federation), StringComparer.Ordinal);
        var districts = DemoTexts.Districts
            .SelectMany(d => d.Value.Select(name => (d.Key, name)))
            .ToDictionary(d => d.name, d => AddUnit(OrgUnitKind.District, d.name, states[d.Key]), StringComparer.Ordinal);
        foreach (var group in DemoTexts.WorkingGroups)
        {
            AddUnit(OrgUnitKind.WorkingGroup, group, federation);
        }

        var court = AddUnit(OrgUnitKind.Court, "Bundesschiedsgericht", federation);
        court.Describe(OrgUnitKind.Court, "", "", isPrivate: true);

        var (bavaria, munich) = (states["Bayern"], districts["München"]);
        var ada = AddPerson("ada", "Ada Adler", districts["Nürnberg"]);
        var bernd = AddPerson("bernd", "Bernd Brandt", states["Berlin"]);
        var chandra = AddPerson("chandra", "Chandra Cramer", states["Hamburg"]);
        var dilek = AddPerson("dilek", "Dilek Demir", munich);
        AddPerson("emil", "Emil Ebner", munich);
        var fatma = AddPerson("fatma", "Fatma Fuchs", districts["Augsburg"]);
        AddPerson("gero", "Gero Grün", null);
        var hanna = AddPerson("hanna", "Hanna Huber", districts["Saarpfalz-Kreis"]);

        FillOffice(federation, "Bundesvorsitz", "vorsitz", 1, bernd);
        FillOffice(federation, "Bundesschatzmeisterei", "schatzmeisterei", 2, fatma);
        FillOffice(federation, "Pressestelle", "presse", 3, chandra);
        FillOffice(bavaria, "Landesvorsitz Bayern", "vorsitz-bayern", 1, dilek);
        FillOffice(federation, "Support", "support", 4, hanna);
        db.Add(new Grant(AudienceToken.Account(ada.Id), KernelPermissions.Operator.Name, federation.Id, inherits: true, _now, null));
        db.Add(new Grant(AudienceToken.Account(bernd.Id), KernelPermissions.UnitOffice.Name, federation.Id, inherits: false, _now, null));
        db.Add(new Grant(AudienceToken.Account(dilek.Id), KernelPermissions.UnitOffice.Name, bavaria.Id, inherits: true, _now, null));
        AddOthers([.. districts.Values, .. states.Values]);
        await db.SaveChangesAsync(cancellation);
    }

    private void AddOthers(OrgUnit[] units)
    {
        for (var i = 0; i < OtherMembers; i++)
        {
            var first = DemoTexts.FirstNames[i % DemoTexts.FirstNames.Count];
            var last = DemoTexts.LastNames[i * 7 % DemoTexts.LastNames.Count];
            var login = string.Create(CultureInfo.InvariantCulture, $"{Slug.From(first).Value}.{Slug.From(last).Value}{i + 1}");
            AddPerson(login, $"{first} {last}", units[i * 13 % units.Length]);
        }
    }

    private OrgUnit AddUnit(OrgUnitKind kind, string name, OrgUnit? parent)
    {
        var unit = new OrgUnit(kind, Slug.From(name), name, parent, _now);
        db.Add(unit);
        return unit;
    }

    private Account AddPerson(string login, string name, OrgUnit? memberOf)
    {
        var account = new Account(LoginName.Parse(login), name, $"{login}@example.org", AccountKind.Person, _now);
        account.ConfirmEmail($"{login}@example.org");
        db.Add(account);
        if (memberOf is not null)
        {
            db.Add(new MembershipFact { AccountId = account.Id, UnitId = memberOf.Id, Since = _now.AddYears(-2), EntitledToVoteSince = _now.AddYears(-2) });
        }

        return account;
    }

    private void FillOffice(OrgUnit unit, string title, string mail, int order, Account holder)
    {
        var office = new Office(unit.Id, title, mail, order);
        office.Begin(holder.Id, _now.AddMonths(-6), _now.AddMonths(18), acting: false);
        db.Add(office);
    }
}
