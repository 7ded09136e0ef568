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
    private int _people;

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
        var groups = DemoTexts.WorkingGroups.Select(g => AddUnit(OrgUnitKind.WorkingGroup, g, federation)).ToList();
        var court = AddUnit(OrgUnitKind.Court, "Bundesschiedsgericht", federation);
        court.Describe(OrgUnitKind.Court, DemoTexts.Court, "schiedsgericht@plenum.test", isPrivate: true);
        Introduce([.. states.Values], groups);

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
        var others = AddOthers([.. districts.Values, .. states.Values]);
        FillOtherOffices([.. states.Values.Where(s => s != bavaria)], groups, [munich, districts["Augsburg"], districts["Nürnberg"], districts["Regionalverband Saarbrücken"]], court, others);
        await db.SaveChangesAsync(cancellation);
    }

    private static void Introduce(OrgUnit[] states, List<OrgUnit> groups)
    {
        foreach (var (state, i) in states.Select((s, i) => (s, i)))
        {
            var text = string.Format(CultureInfo.InvariantCulture, DemoTexts.StateIntroductions[i % DemoTexts.StateIntroductions.Count], state.Name);
            state.Describe(OrgUnitKind.State, text, $"{state.Slug}@plenum.test", isPrivate: false);
        }

        foreach (var group in groups)
        {
            group.Describe(OrgUnitKind.WorkingGroup, DemoTexts.GroupIntroductions[group.Name], $"{group.Slug}@plenum.test", isPrivate: false);
        }
    }

    // Two for each state, one for each working group and for some districts, three for the court, in the order people were made.
    private void FillOtherOffices(OrgUnit[] states, List<OrgUnit> groups, OrgUnit[] districts, OrgUnit court, List<Account> people)
    {
        var next = 0;
        foreach (var state in states)
        {
            FillOffice(state, $"Landesvorsitz {state.Name}", $"vorsitz-{state.Slug}", 1, people[next++]);
            FillOffice(state, $"Landesschatzmeisterei {state.Name}", $"schatzmeisterei-{state.Slug}", 2, people[next++]);
        }

        foreach (var group in groups)
        {
            FillOffice(group, "Koordination", $"koordination-{group.Slug}", 1, people[next++]);
        }

        foreach (var district in districts)
        {
            FillOffice(district, "Kreisvorsitz", $"vorsitz-{district.Slug}", 1, people[next++]);
        }

        FillOffice(court, "Vorsitz", "vorsitz-schiedsgericht", 1, people[next++]);
        FillOffice(court, "Beisitz", null, 2, people[next++], people[next]);
    }

    private List<Account> AddOthers(OrgUnit[] units)
    {
        var people = new List<Account>();
        for (var i = 0; i < OtherMembers; i++)
        {
            var first = DemoTexts.FirstNames[i % DemoTexts.FirstNames.Count];
            var last = DemoTexts.LastNames[i * 7 % DemoTexts.LastNames.Count];
            var login = string.Create(CultureInfo.InvariantCulture, $"{Slug.From(first).Value}.{Slug.From(last).Value}{i + 1}");
            people.Add(AddPerson(login, $"{first} {last}", units[i * 13 % units.Length]));
        }

        return people;
    }

    private OrgUnit AddUnit(OrgUnitKind kind, string name, OrgUnit? parent)
    {
        var unit = new OrgUnit(kind, Slug.From(name), name, parent, _now.AddYears(-5));
        db.Add(unit);
        return unit;
    }

    private Account AddPerson(string login, string name, OrgUnit? memberOf)
    {
        var account = new Account(LoginName.Parse(login), name, $"{login}@example.org", AccountKind.Person, _now.AddDays(-700 + (_people++ * 3)));
        if (DemoTexts.Abouts.TryGetValue(login, out var about))
        {
            account.Describe(about);
        }

        account.ConfirmEmail($"{login}@example.org");
        db.Add(account);
        if (memberOf is not null)
        {
            db.Add(new MembershipFact { AccountId = account.Id, UnitId = memberOf.Id, Since = _now.AddYears(-2), EntitledToVoteSince = _now.AddYears(-2) });
        }

        return account;
    }

    private void FillOffice(OrgUnit unit, string title, string? mail, int order, params ReadOnlySpan<Account> holders)
    {
        var office = new Office(unit.Id, title, mail, order);
        foreach (var holder in holders)
        {
            office.Begin(holder.Id, _now.AddMonths(-6), _now.AddMonths(18), acting: false);
        }

        db.Add(office);
    }
}
