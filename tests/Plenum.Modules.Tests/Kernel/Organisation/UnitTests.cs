using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.OrganisationTrees;

public sealed class UnitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_renamed_unit_is_found_by_its_old_and_its_new_address_and_so_is_what_lies_below(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.UnitsAsync((units, ada) => units.RenameAsync(ada, house.Party.Bavaria, "Freistaat Bayern", "freistaat", Cancellation));
        var tree = await house.TreeAsync();
        Assert.Equal(("freistaat", "freistaat/muenchen", "Freistaat Bayern"), (tree.Find(house.Party.Bavaria)!.Path, tree.Find(house.Party.Munich)!.Path, tree.Find(house.Party.Bavaria)!.Name));
        Assert.Equal(house.Party.Munich, tree.FindMoved("bayern/muenchen")!.Id);
        Assert.Null(tree.Find("bayern"));

        var (unit, isMoved) = tree.Resolve("bayern/muenchen/news/2026", out var rest)!.Value;
        Assert.Equal(("freistaat/muenchen", true, "news/2026"), (unit.Path, isMoved, rest));
        (unit, isMoved) = tree.Resolve("freistaat/muenchen", out rest)!.Value;
        Assert.Equal((house.Party.Munich, false, ""), (unit.Id, isMoved, rest));
        Assert.Null(tree.Resolve("nirgendwo/muenchen", out _));
    }

    [Theory, OnBothDatabases]
    public async Task An_address_used_again_leads_to_its_new_owner(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.UnitsAsync((units, ada) => units.RenameAsync(ada, house.Party.Bavaria, "Bayern", "freistaat", Cancellation));
        await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, "Bayern", house.Party.Federation), Cancellation));
        Assert.Equal(OrgUnitKind.WorkingGroup, (await house.TreeAsync()).FindMoved("bayern")!.Kind);
        await house.UnitsAsync((units, ada) => units.RenameAsync(ada, house.Party.Hesse, "Hessen", "freistaat-hessen", Cancellation));
        await house.UnitsAsync((units, ada) => units.RenameAsync(ada, house.Party.Hesse, "Hessen", "hessen", Cancellation));
        Assert.Equal("hessen", (await house.TreeAsync()).FindMoved("freistaat-hessen")!.Path);
    }

    [Theory, OnBothDatabases]
    public async Task A_moved_unit_takes_everything_below_it_along_and_keeps_its_mail_addresses(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.UnitsAsync((units, ada) => units.DescribeAsync(ada, house.Party.Bavaria, Described("bayern.test"), Cancellation));
        var group = (await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, "AG Isar", house.Party.Munich), Cancellation))).Id;
        await house.IndexAsync("bayern/muenchen/ag-isar");
        await house.UnitsAsync((units, ada) => units.MoveAsync(ada, house.Party.Munich, house.Party.Hesse, Cancellation));
        var tree = await house.TreeAsync();
        Assert.Equal(("hessen/muenchen", "hessen/muenchen/ag-isar", 3), (tree.Find(house.Party.Munich)!.Path, tree.Find(group)!.Path, tree.Find(group)!.Depth));
        Assert.Equal(("bayern.test", group), (tree.Find(group)!.MailDomain, tree.FindMoved("bayern/muenchen/ag-isar")!.Id));
        await house.Kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        var found = await house.Kernel.InScopeAsync(s => s.GetRequiredService<Search>().FindAsync(new("isar", [1], UnitPath: "hessen"), Cancellation));
        Assert.Equal("hessen/muenchen/ag-isar", Assert.Single(found.Hits).UnitPath);
    }

    [Theory, OnBothDatabases]
    public async Task What_makes_no_tree_is_refused(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.RefusedAsync("units.not-below-itself", (units, ada) => units.MoveAsync(ada, house.Party.Bavaria, house.Party.Munich, Cancellation));
        await house.RefusedAsync("units.root-stays", (units, ada) => units.MoveAsync(ada, house.Party.Federation, house.Party.Hesse, Cancellation));
        await house.RefusedAsync("units.slug-taken", (units, ada) => units.RenameAsync(ada, house.Party.Hesse, "Hessen", "bayern", Cancellation));
        await house.RefusedAsync("units.slug-taken", (units, ada) => units.CreateAsync(ada, new(OrgUnitKind.State, "Bayern", house.Party.Federation), Cancellation));
        await house.RefusedAsync("slug.invalid", (units, ada) => units.RenameAsync(ada, house.Party.Hesse, "Hessen", "../etc", Cancellation));
        await house.RefusedAsync("units.founded-already", (units, _) => units.FoundAsync("Zweite", null, "de", Cancellation));
        await house.RefusedAsync("units.domain-invalid", (units, ada) => units.DescribeAsync(ada, house.Party.Hesse, Described("kein domain"), Cancellation));
        var deep = house.Party.Hesse;
        for (var depth = 2; depth <= OrgUnit.MaxDepth - 1; depth++)
        {
            var below = deep;
            deep = (await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, "AG", below), Cancellation))).Id;
        }

        await house.RefusedAsync("units.too-deep", (units, ada) => units.MoveAsync(ada, house.Party.Bavaria, deep, Cancellation));
        Assert.Equal("bayern/muenchen", (await house.TreeAsync()).Find(house.Party.Munich)!.Path);
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_may_edit_there_moves_a_unit(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.GrantAsync(house.Party.Dilek, KernelPermissions.UnitOffice.Name, house.Party.Bavaria, inherits: true);
        await house.UnitsAsAsync(house.Party.Dilek, (units, dilek) => units.RenameAsync(dilek, house.Party.Munich, "Minga", null, Cancellation));
        await Assert.ThrowsAsync<DeniedException>(() => house.UnitsAsAsync(house.Party.Dilek, (units, dilek) => units.MoveAsync(dilek, house.Party.Munich, house.Party.Hesse, Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.UnitsAsAsync(house.Party.Emil, (units, emil) => units.RenameAsync(emil, house.Party.Munich, "X", null, Cancellation)));
        await Assert.ThrowsAsync<DeniedException>(() => house.UnitsAsAsync(house.Party.Ada, (units, ada) => units.RenameAsync(ada, house.Party.Court, "X", null, Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task A_merged_unit_gives_its_people_its_branches_and_its_addresses_to_the_other(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        var youth = (await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, "Jugend", house.Party.Munich), Cancellation))).Id;
        await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, "Jugend", house.Party.Nuremberg), Cancellation));
        var (old, heir) = await house.OfficesAsync(async (offices, ada) => (
            await offices.CreateAsync(ada, house.Party.Munich, "Vorstand München", "vorstand-m", 1, Cancellation),
            await offices.CreateAsync(ada, house.Party.Nuremberg, "Vorstand Nürnberg", "vorstand-n", 1, Cancellation)));
        await house.OfficesAsync(async (offices, ada) =>
        {
            await offices.FillAsync(ada, old, house.Party.Emil, SmallParty.Founded, null, acting: false, Cancellation);
            await offices.FillAsync(ada, heir, house.Party.Dilek, SmallParty.Founded, null, acting: false, Cancellation);
            return 0;
        });
        await house.EndingsAsync((endings, ada) => endings.MergeAsync(ada, house.Party.Munich, house.Party.Nuremberg, Cancellation));

        var tree = await house.TreeAsync();
        Assert.Equal("bayern/nuernberg/jugend-2", tree.Find(youth)!.Path);
        Assert.Equal(house.Party.Nuremberg, tree.Resolve("bayern/muenchen/news", out _)!.Value.Unit.Id);
        Assert.Equal(youth, tree.FindMoved("bayern/muenchen/jugend")!.Id);
        var emil = await house.Kernel.Get<ViewerSource>().ForAsync(house.Party.Emil, Cancellation);
        Assert.Equal([house.Party.Nuremberg], emil.MemberOf);
        Assert.True(Audience.MembersOf(house.Party.Munich).Admits(emil));
        Assert.Empty(emil.Offices);
        Assert.True(MailAddress.TryParse("vorstand-m@plenum.test", out var address));
        Assert.Equal([house.Party.Dilek], await house.Kernel.InScopeAsync(async s => await s.GetRequiredService<SenderRights>().HoldersAsync(address, Cancellation)));
        await using var db = house.Kernel.OpenDb();
        Assert.Equal([house.Party.Emil], await (await house.Kernel.Get<AudienceAccounts>().OfAsync(db, Audience.MembersOf(house.Party.Munich), Cancellation)).Select(a => a.Id).ToListAsync(Cancellation));
        Assert.Equal("units.closed", (await Assert.ThrowsAsync<RuleException>(() => house.EndingsAsync((endings, ada) => endings.MergeAsync(ada, house.Party.Munich, house.Party.Hesse, Cancellation)))).Key);
    }

    [Theory, OnBothDatabases]
    public async Task A_closed_unit_ends_its_offices_and_grants_but_not_what_lies_below(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        await house.GrantAsync(house.Party.Emil, KernelPermissions.UnitOffice.Name, house.Party.Munich, inherits: false);
        await house.RefuseEndingAsync("units.has-open-below", (endings, ada) => endings.CloseAsync(ada, house.Party.Bavaria, Cancellation));
        await house.EndingsAsync((endings, ada) => endings.CloseAsync(ada, house.Party.Munich, Cancellation));
        await house.EndingsAsync((endings, ada) => endings.CloseAsync(ada, house.Party.Munich, Cancellation));
        Assert.True((await house.TreeAsync()).Find("bayern/muenchen")!.IsClosed);
        var emil = await house.Kernel.Get<ViewerSource>().ForAsync(house.Party.Emil, Cancellation);
        Assert.False(await house.Kernel.Get<Access>().MayAsync(emil, KernelPermissions.EditUnits, house.Party.Munich, Cancellation));
        await house.RefusedAsync("units.closed", (units, ada) => units.MoveAsync(ada, house.Party.Nuremberg, house.Party.Munich, Cancellation));
        await house.Kernel.Get<AuditSealer>().SealAsync(Cancellation);
        await using var db = house.Kernel.OpenDb();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => e.Action == "units.close" && e.Actor == house.Party.Ada, Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task A_subtree_is_a_range_of_paths_and_no_neighbour_is_in_it(DatabaseProvider provider)
    {
        await using var house = await House.StartAsync(provider);
        foreach (var name in (string[])["Bayern Nord", "Bayern0", "Bayerna"])
        {
            await house.UnitsAsync((units, ada) => units.CreateAsync(ada, new(OrgUnitKind.WorkingGroup, name, house.Party.Federation), Cancellation));
        }

        await using var db = house.Kernel.OpenDb();
        Assert.Equal(["bayern", "bayern/muenchen", "bayern/nuernberg"], await db.Set<OrgUnit>().Below("bayern", includingItself: true).OrderBy(u => u.Path).Select(u => u.Path).ToListAsync(Cancellation));
        Assert.Equal(8, await db.Set<OrgUnit>().Below("", includingItself: false).CountAsync(Cancellation));
        var plan = await PlanAsync(db, db.Set<OrgUnit>().Below("bayern", includingItself: false).Select(u => u.Id));
        Assert.Contains("ux_kernel_unit_path", plan, StringComparison.Ordinal);
    }

    private static UnitDescription Described(string? domain) => new(OrgUnitKind.State, "", "", false, domain, null, "de");

    private static async Task<string> PlanAsync(PlenumDb db, IQueryable<OrgUnitId> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await using var command = query.CreateDbCommand();
        if (db.IsPostgreSql)
        {
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off", Cancellation); // Six rows are read faster without an index.
        }

#pragma warning disable CA2100 // The statement is EF's own.
        command.CommandText = (db.IsPostgreSql ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
#pragma warning restore CA2100
        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        while (await rows.ReadAsync(Cancellation))
        {
            plan.Add(rows.GetString(rows.FieldCount - 1));
        }

        return string.Join('\n', plan);
    }

    private sealed record House(TestKernel Kernel, SmallParty Party) : IAsyncDisposable
    {
        public static async Task<House> StartAsync(DatabaseProvider provider)
        {
            var kernel = await TestKernel.StartAsync(provider);
            return new(kernel, await SmallParty.FoundAsync(kernel, Cancellation));
        }

        public ValueTask<OrgTree> TreeAsync() => Kernel.Get<Access>().TreeAsync(Cancellation);

        public Task<T> UnitsAsync<T>(Func<UnitService, Viewer, Task<T>> step) => Kernel.AsAsync(Party.Ada, step);

        public Task UnitsAsync(Func<UnitService, Viewer, Task> step) => Kernel.AsAsync(Party.Ada, step);

        public Task UnitsAsAsync(AccountId who, Func<UnitService, Viewer, Task> step) => Kernel.AsAsync(who, step);

        public Task<T> OfficesAsync<T>(Func<OfficeService, Viewer, Task<T>> step) => Kernel.AsAsync(Party.Ada, step);

        public Task EndingsAsync(Func<UnitEndings, Viewer, Task> step) => Kernel.AsAsync(Party.Ada, step);

        public async Task RefusedAsync(string key, Func<UnitService, Viewer, Task> step)
            => Assert.Equal(key, (await Assert.ThrowsAsync<RuleException>(() => UnitsAsync(step))).Key);

        public async Task RefuseEndingAsync(string key, Func<UnitEndings, Viewer, Task> step)
            => Assert.Equal(key, (await Assert.ThrowsAsync<RuleException>(() => EndingsAsync(step))).Key);

        public Task<Guid> GrantAsync(AccountId to, string role, OrgUnitId unit, bool inherits)
            => Kernel.AsAsync<GrantService, Guid>(Party.Ada, (grants, ada) => grants.GrantAsync(ada, new(AudienceToken.Account(to), role, unit, inherits), Cancellation));

        public async Task IndexAsync(string unitPath)
        {
            await using var db = Kernel.OpenDb();
            await Kernel.Get<SearchIndex>().PutAsync(db, new("tests", "1", "/", unitPath, "de", "Isar", "", SmallParty.Founded, 1), Cancellation);
        }

        public ValueTask DisposeAsync() => Kernel.DisposeAsync();
    }
}
