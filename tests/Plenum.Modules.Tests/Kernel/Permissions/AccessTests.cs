using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.AccessRules;

public sealed class AccessTests
{
    private static readonly Permission Read = new("tests.read", PermissionReach.View);
    private static readonly Permission Write = new("tests.write", PermissionReach.Write);
    private static readonly Role Editor = new("tests-editor", Read, Write);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Seeing_inherits_writing_only_by_its_switch_and_private_bodies_inherit_nothing(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.GrantAsync(AudienceToken.Account(house.Party.Dilek), Editor.Name, house.Party.Bavaria, inherits: false);
        await house.GrantAsync(AudienceToken.Account(house.Party.Emil), Editor.Name, house.Party.Federation, inherits: true);
        Assert.Equal((true, true, false), (await house.MayAsync(house.Party.Dilek, Write, house.Party.Bavaria), await house.MayAsync(house.Party.Dilek, Read, house.Party.Munich), await house.MayAsync(house.Party.Dilek, Write, house.Party.Munich)));
        Assert.Equal((false, true), (await house.MayAsync(house.Party.Dilek, Read, house.Party.Hesse), await house.MayAsync(house.Party.Emil, Write, house.Party.Munich)));
        Assert.Equal((false, false), (await house.MayAsync(house.Party.Emil, Read, house.Party.Court), await house.MayAsync(house.Party.Emil, Write, house.Party.Court)));
        await using var db = house.Kernel.OpenDb();
        db.Add(new Grant(AudienceToken.Account(house.Party.Gero), Editor.Name, house.Party.Court, inherits: false, SmallParty.Founded, null));
        await db.SaveChangesAsync(Cancellation);
        Assert.True(await house.MayAsync(house.Party.Gero, Write, house.Party.Court));
    }

    [Theory, OnBothDatabases]
    public async Task Permissions_follow_the_office_through_its_terms(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var chair = await house.Kernel.AsAsync<OfficeService, OfficeId>(house.Party.Ada, (o, ada) => o.CreateAsync(ada, house.Party.Bavaria, "Vorsitz", "vorsitz", 1, Cancellation));
        await house.GrantAsync(AudienceToken.Holder(chair), Editor.Name, house.Party.Bavaria, inherits: true);
        var now = house.Clock.GetUtcNow().UtcDateTime;
        await house.Kernel.AsAsync<OfficeService>(house.Party.Ada, async (o, ada) =>
        {
            await o.FillAsync(ada, chair, house.Party.Dilek, now.AddDays(-1), now.AddDays(10), acting: false, Cancellation);
            await o.FillAsync(ada, chair, house.Party.Emil, now.AddDays(10), null, acting: true, Cancellation);
        });
        Assert.Equal((true, false), (await house.MayAsync(house.Party.Dilek, Write, house.Party.Munich), await house.MayAsync(house.Party.Emil, Write, house.Party.Munich)));
        house.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal((false, true), (await house.MayAsync(house.Party.Dilek, Write, house.Party.Munich), await house.MayAsync(house.Party.Emil, Write, house.Party.Munich)));
        var shown = Assert.Single(await house.Kernel.InScopeAsync(s => s.GetRequiredService<OfficeService>().OfAsync(house.Party.Bavaria, false, Cancellation)));
        Assert.Equal(("vorsitz@plenum.test", "Emil Ebner", true), (shown.Address, shown.Terms[0].HolderName, shown.Terms[0].IsActing));
        await house.Kernel.AsAsync<OfficeService>(house.Party.Ada, (o, ada) => o.AbolishAsync(ada, chair, Cancellation));
        Assert.False(await house.MayAsync(house.Party.Emil, Write, house.Party.Munich));
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_set_back_gives_nobody_a_longer_term(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var now = house.Clock.GetUtcNow().UtcDateTime;
        await house.GrantAsync(AudienceToken.Account(house.Party.Gero), Editor.Name, house.Party.Hesse, inherits: false, until: now.AddHours(1));
        Assert.True(await house.MayAsync(house.Party.Gero, Write, house.Party.Hesse));
        house.Clock.AdjustTime(house.Clock.GetUtcNow().AddHours(-5));
        Assert.False(await house.MayAsync(house.Party.Gero, Write, house.Party.Hesse));
        house.Clock.AdjustTime(house.Clock.GetUtcNow().AddHours(8));
        Assert.False(await house.MayAsync(house.Party.Gero, Write, house.Party.Hesse));
    }

    [Theory, OnBothDatabases]
    public async Task A_right_to_grant_reaches_no_further_than_it_was_given(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.AsAdaAsync<RoleService>((r, ada) => r.PutAsync(ada, "granter", "Rechtewart", [KernelPermissions.Grant.Name], Cancellation));
        await house.GrantAsync(AudienceToken.Account(house.Party.Dilek), "granter", house.Party.Bavaria, inherits: false);
        var toEmil = new NewGrant(AudienceToken.Account(house.Party.Emil), Editor.Name, house.Party.Bavaria, Inherits: false);
        var given = await house.Kernel.AsAsync<GrantService, Guid>(house.Party.Dilek, (g, dilek) => g.GrantAsync(dilek, toEmil, Cancellation));
        Assert.Equal(given, await house.Kernel.AsAsync<GrantService, Guid>(house.Party.Dilek, (g, dilek) => g.GrantAsync(dilek, toEmil, Cancellation)));
        Assert.Equal("grants.reach", await house.BrokenAsync<GrantService>(house.Party.Dilek, (g, dilek) => g.GrantAsync(dilek, toEmil with { Inherits = true }, Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.Kernel.AsAsync<GrantService>(house.Party.Dilek, (g, dilek) => g.GrantAsync(dilek, toEmil with { Unit = house.Party.Munich }, Cancellation)));
        Assert.Equal("roles.unknown", await house.BrokenAsync<GrantService>(house.Party.Ada, (g, ada) => g.GrantAsync(ada, toEmil with { Role = "nobody" }, Cancellation)));
        foreach (var subject in (string[])["p", "a:xyz", "a:00000000000000000000000000000001", "m:00000000000000000000000000000001", ""])
        {
            Assert.Equal("grants.subject-unknown", await house.BrokenAsync<GrantService>(house.Party.Ada, (g, ada) => g.GrantAsync(ada, toEmil with { Subject = subject }, Cancellation)));
        }

        await house.Kernel.AsAsync<GrantService>(house.Party.Dilek, (g, dilek) => g.RevokeAsync(dilek, given, Cancellation));
        Assert.False(await house.MayAsync(house.Party.Emil, Write, house.Party.Bavaria));
        Assert.Equal(["granter"], (await house.Kernel.AsAsync<GrantService, IReadOnlyList<Grant>>(house.Party.Dilek, (g, dilek) => g.OnAsync(dilek, house.Party.Bavaria, Cancellation))).Select(g => g.Role));
        await using var db = house.Kernel.OpenDb();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => e.Action == "permissions.revoke" && e.Actor == house.Party.Dilek && e.Unit == house.Party.Bavaria, Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task The_last_who_may_grant_cannot_take_it_from_themselves(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var own = Assert.Single(await house.Kernel.AsAsync<GrantService, IReadOnlyList<Grant>>(house.Party.Ada, (g, ada) => g.OnAsync(ada, house.Party.Federation, Cancellation)));
        Assert.Equal("grants.last-granter", await house.BrokenAsync<GrantService>(house.Party.Ada, (g, ada) => g.RevokeAsync(ada, own.Id, Cancellation)));
        Assert.Equal("grants.last-granter", await house.BrokenAsync<AccountService>(house.Party.Ada, (a, ada) => a.CloseAsync(ada, house.Party.Ada, Cancellation)));
        await house.GrantAsync(AudienceToken.Account(house.Party.Dilek), KernelPermissions.Operator.Name, house.Party.Federation, inherits: true);
        await house.AsAdaAsync<AccountService>((a, ada) => a.CloseAsync(ada, house.Party.Ada, Cancellation));
        Assert.False(await house.MayAsync(house.Party.Ada, KernelPermissions.Grant, house.Party.Federation));
    }

    [Theory, OnBothDatabases]
    public async Task A_role_of_ones_own_holds_what_it_says_and_changes_for_all_who_have_it(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.AsAdaAsync<RoleService>((r, ada) => r.PutAsync(ada, "webteam", "Webteam", [Read.Name], Cancellation));
        await house.GrantAsync(AudienceToken.Member(house.Party.Bavaria), "webteam", house.Party.Hesse, inherits: false);
        Assert.Equal((true, true, false), (await house.MayAsync(house.Party.Dilek, Read, house.Party.Hesse), await house.MayAsync(house.Party.Emil, Read, house.Party.Hesse), await house.MayAsync(house.Party.Gero, Read, house.Party.Hesse)));
        await house.AsAdaAsync<RoleService>((r, ada) => r.PutAsync(ada, "webteam", "Webteam", [Write.Name], Cancellation));
        Assert.Equal((false, true), (await house.MayAsync(house.Party.Emil, Read, house.Party.Hesse), await house.MayAsync(house.Party.Emil, Write, house.Party.Hesse)));
        Assert.Equal("roles.in-use", await house.BrokenAsync<RoleService>(house.Party.Ada, (r, ada) => r.RemoveAsync(ada, "webteam", Cancellation)));
        Assert.Equal("roles.of-module", await house.BrokenAsync<RoleService>(house.Party.Ada, (r, ada) => r.PutAsync(ada, "operator", "Ich", [Read.Name], Cancellation)));
        Assert.Equal("permissions.unknown", await house.BrokenAsync<RoleService>(house.Party.Ada, (r, ada) => r.PutAsync(ada, "x1", "X", ["all"], Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.Kernel.AsAsync<RoleService>(house.Party.Emil, (r, emil) => r.PutAsync(emil, "mine", "Mein", [KernelPermissions.Grant.Name], Cancellation)));
        var all = await house.Kernel.InScopeAsync(s => s.GetRequiredService<RoleService>().AllAsync(Cancellation));
        Assert.Contains(all, r => r is { Name: "webteam", Title: "Webteam", IsOwn: true });
        Assert.Contains(all, r => r is { Name: "operator", IsOwn: false });
    }

    [Theory, OnBothDatabases]
    public async Task The_house_says_in_words_why_one_may_or_may_not(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        await house.GrantAsync(AudienceToken.Account(house.Party.Dilek), KernelPermissions.UnitOffice.Name, house.Party.Bavaria, inherits: false);
        Assert.Equal(
            ["- The role Unit office on Bayern, granted to: Dilek Demir, does not reach below its unit.", "- The role Operator on Bund would allow it, but is granted to: Ada Adler."],
            await house.WhyAsync(house.Party.Dilek, KernelPermissions.EditUnits, house.Party.Munich));
        Assert.Equal("+ The role Unit office on Bayern, granted to: Dilek Demir, allows it.", (await house.WhyAsync(house.Party.Dilek, KernelPermissions.EditUnits, house.Party.Bavaria))[0]);
        Assert.Equal(["- Schiedsgericht is a private body: nothing from above reaches it."], await house.WhyAsync(house.Party.Ada, KernelPermissions.EditUnits, house.Party.Court));
        Assert.Equal(["- Nobody has been granted this here."], await house.WhyAsync(house.Party.Gero, Write, house.Party.Hesse));
        await house.AsAdaAsync<AccountService>((a, ada) => a.SuspendAsync(ada, house.Party.Gero, Cancellation));
        var answer = await house.Kernel.AsAsync<AccessReasons, AccessAnswer>(house.Party.Ada, (r, ada) => r.OfAsync(ada, house.Party.Gero, Write.Name, house.Party.Hesse, Cancellation));
        Assert.Equal("The account of Gero Grün is not active.", answer.Reasons[0].Sentence);
        await Assert.ThrowsAsync<DeniedException>(() => house.Kernel.AsAsync<AccessReasons>(house.Party.Emil, (r, emil) => r.OfAsync(emil, house.Party.Ada, Write.Name, house.Party.Hesse, Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task A_grant_and_its_end_reach_every_node(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await using var other = TestKernel.On(house.Kernel.Database, new() { Register = m => m.Add(Read).Add(Write).Add(Editor) });
        await other.StartServiceAsync<Plenum.Kernel.Snapshots.StampWatch>();
        await UntilAsync(other, house.Party.Gero, house.Party.Hesse, false);
        var grant = await house.GrantAsync(AudienceToken.Account(house.Party.Gero), Editor.Name, house.Party.Hesse, inherits: false);
        await UntilAsync(other, house.Party.Gero, house.Party.Hesse, true);
        await house.AsAdaAsync<GrantService>((g, ada) => g.RevokeAsync(ada, grant, Cancellation));
        await UntilAsync(other, house.Party.Gero, house.Party.Hesse, false);
    }

    private static Task UntilAsync(TestKernel node, AccountId who, OrgUnitId unit, bool may) => Patience.UntilAsync(
        async () => await node.Get<Access>().MayAsync(await node.Get<ViewerSource>().ForAsync(who, Cancellation), Write, unit, Cancellation) == may, Cancellation);

    [Theory, OnBothDatabases]
    public async Task An_audience_admits_and_lists_the_same_people(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var group = await house.Kernel.AsAsync<GroupService, GroupId>(house.Party.Ada, (g, ada) => g.CreateAsync(ada, house.Party.Bavaria, "Redaktion", Cancellation));
        await house.AsAdaAsync<GroupService>((g, ada) => g.AddAsync(ada, group, house.Party.Gero, Cancellation));
        var chair = await house.Kernel.AsAsync<OfficeService, OfficeId>(house.Party.Ada, (o, ada) => o.CreateAsync(ada, house.Party.Hesse, "Vorsitz", null, 1, Cancellation));
        await house.AsAdaAsync<OfficeService>((o, ada) => o.FillAsync(ada, chair, house.Party.Ada, SmallParty.Founded, null, acting: false, Cancellation));
        var (ada, dilek, emil, gero) = (house.Party.Ada, house.Party.Dilek, house.Party.Emil, house.Party.Gero);
        (Audience Audience, AccountId[] Members)[] cases =
        [
            (Audience.SignedIn, [ada, dilek, emil, gero]), (Audience.Public, [ada, dilek, emil, gero]), (Audience.MembersOf(house.Party.Bavaria), [dilek, emil]),
            (Audience.MembersOf(house.Party.Munich), [emil]), (Audience.MembersOf(house.Party.Federation), [dilek, emil]), (Audience.Of(group), [gero]),
            (Audience.HoldersOf(chair), [ada]), (Audience.Of(dilek).Or(Audience.Of(group)).Or(Audience.MembersOf(house.Party.Munich)), [dilek, emil, gero]),
            (Audience.MembersOf(house.Party.Hesse), []),
        ];
        await using var db = house.Kernel.OpenDb();
        foreach (var (audience, members) in cases)
        {
            var listed = await (await house.Kernel.Get<AudienceAccounts>().OfAsync(db, audience, Cancellation)).Select(a => a.Id).ToListAsync(Cancellation);
            Assert.Equal((audience.Text, Sorted(members)), (audience.Text, Sorted(listed)));
            foreach (var account in (AccountId[])[ada, dilek, emil, gero])
            {
                Assert.Equal((audience.Text, members.Contains(account)), (audience.Text, audience.Admits(await house.Kernel.Get<ViewerSource>().ForAsync(account, Cancellation))));
            }

            var id = await house.Kernel.Get<Access>().AudienceIdAsync(db, audience, Cancellation);
            Assert.Equal(id, await house.Kernel.Get<Access>().AudienceIdAsync(db, audience, Cancellation));
            Assert.Equal(members.Contains(emil), (await house.Kernel.Get<ViewerSource>().ForAsync(emil, Cancellation)).Audiences.Contains(id));
        }
    }

    private static string Sorted(IEnumerable<AccountId> accounts) => string.Join(' ', accounts.Select(a => a.ToString()).Order(StringComparer.Ordinal));

    private sealed record House(TestKernel Kernel, SmallParty Party, FakeTimeProvider Clock) : IAsyncDisposable
    {
        public static async Task<House> StartAsync(DatabaseProvider provider)
        {
            var clock = new FakeTimeProvider(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
            var kernel = await TestKernel.StartAsync(provider, new() { Clock = clock, Register = Register });
            return new(kernel, await SmallParty.FoundAsync(kernel, Cancellation), clock);
        }

        public Task<Guid> GrantAsync(string subject, string role, OrgUnitId unit, bool inherits, DateTime? until = null)
            => Kernel.AsAsync<GrantService, Guid>(Party.Ada, (g, ada) => g.GrantAsync(ada, new(subject, role, unit, inherits, null, until), Cancellation));

        public Task AsAdaAsync<TService>(Func<TService, Viewer, Task> step)
            where TService : notnull
            => Kernel.AsAsync(Party.Ada, step);

        public async Task<string> BrokenAsync<TService>(AccountId who, Func<TService, Viewer, Task> step)
            where TService : notnull
            => (await Assert.ThrowsAsync<RuleException>(() => Kernel.AsAsync(who, step))).Key;

        public async Task<bool> MayAsync(AccountId who, Permission permission, OrgUnitId unit)
        {
            Clock.Advance(TimeSpan.FromSeconds(31)); // Viewers are kept for half a minute.
            return await Kernel.Get<Access>().MayAsync(await Kernel.Get<ViewerSource>().ForAsync(who, Cancellation), permission, unit, Cancellation);
        }

        public async Task<string[]> WhyAsync(AccountId who, Permission permission, OrgUnitId unit)
        {
            var answer = await Kernel.AsAsync<AccessReasons, AccessAnswer>(who, (r, viewer) => r.OfAsync(viewer, who, permission.Name, unit, Cancellation));
            return [.. answer.Reasons.Select(r => $"{(r.Kind == ExplanationKind.Allows ? "+" : "-")} {r.Sentence}")];
        }

        public ValueTask DisposeAsync() => Kernel.DisposeAsync();

        private static void Register(ModuleBuilder module) => module.Add(Read).Add(Write).Add(Editor);
    }
}
