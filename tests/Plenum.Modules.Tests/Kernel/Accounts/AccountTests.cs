using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.AccountLists;

public sealed class AccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Accounts_are_found_by_part_of_a_name_and_paged_by_sign_in_name(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var party = await SmallParty.FoundAsync(kernel, Cancellation);
        await AddAsync(kernel, party, "ozlem", "Özlem Öztürk", "ozlem@example.org");
        Assert.Equal(["ozlem"], await ListAsync(kernel, party, new("öz")));
        Assert.Equal(["emil"], await ListAsync(kernel, party, new("EMIL@example")));
        Assert.Equal(["gero"], await ListAsync(kernel, party, new("grün")));
        Assert.Equal(["dilek", "emil"], await ListAsync(kernel, party, new(After: "ada"), take: 2));
        Assert.Empty(await ListAsync(kernel, party, new(State: AccountState.Suspended)));
        await Assert.ThrowsAsync<DeniedException>(() => kernel.AsAsync<AccountService>(party.Emil, (a, emil) => a.ListAsync(emil, new(), 10, Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task Names_and_addresses_are_nobodys_twice(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var party = await SmallParty.FoundAsync(kernel, Cancellation);
        await kernel.AsAsync<Plenum.Kernel.Organisation.OfficeService>(party.Ada, (o, ada) => o.CreateAsync(ada, party.Federation, "Presse", "presse", 1, Cancellation));
        (string Login, string? Email, string Key)[] cases =
        [
            ("emil", "new@example.org", "accounts.login-taken"), ("presse", "new@example.org", "accounts.login-taken"), ("neu", "EMIL@example.org", "accounts.email-taken"),
            ("neu", "kein@", "accounts.email-invalid"), ("neu", null, "accounts.email-invalid"), ("root", "new@example.org", "accounts.login-invalid"), ("a b", "new@example.org", "accounts.login-invalid"),
        ];
        foreach (var (login, email, key) in cases)
        {
            Assert.Equal((login, key), (login, (await Assert.ThrowsAsync<RuleException>(() => AddAsync(kernel, party, login, "Neu", email))).Key));
        }

        Assert.Equal("offices.address-taken", (await Assert.ThrowsAsync<RuleException>(() => kernel.AsAsync<Plenum.Kernel.Organisation.OfficeService>(
            party.Ada, (o, ada) => o.CreateAsync(ada, party.Federation, "Emil", "emil", 2, Cancellation)))).Key);
    }

    [Theory, OnBothDatabases]
    public async Task A_closed_account_keeps_its_name_and_loses_the_rest(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register });
        var party = await SmallParty.FoundAsync(kernel, Cancellation);
        var group = await kernel.AsAsync<GroupService, GroupId>(party.Ada, (g, ada) => g.CreateAsync(ada, party.Bavaria, "Redaktion", Cancellation));
        await kernel.AsAsync<GroupService>(party.Ada, (g, ada) => g.AddAsync(ada, group, party.Emil, Cancellation));
        await kernel.AsAsync<AccountService>(party.Ada, (a, ada) => a.SuspendAsync(ada, party.Emil, Cancellation));
        Assert.False((await kernel.Get<ViewerSource>().ForAsync(party.Emil, Cancellation)).IsSignedIn);
        await kernel.AsAsync<AccountService>(party.Ada, (a, ada) => a.ReinstateAsync(ada, party.Emil, Cancellation));
        Assert.True((await kernel.Get<ViewerSource>().ForAsync(party.Emil, Cancellation)).IsSignedIn);
        await kernel.AsAsync<AccountService>(party.Ada, (a, ada) => a.CloseAsync(ada, party.Emil, Cancellation));
        await using var db = kernel.OpenDb();
        var closed = await db.Set<Account>().SingleAsync(a => a.Id == party.Emil, Cancellation);
        Assert.Equal((AccountState.Closed, null, "Emil Ebner"), (closed.State, closed.Email, closed.DisplayName));
        Assert.Equal(0, await db.Set<MembershipFact>().CountAsync(m => m.AccountId == party.Emil, Cancellation));
        Assert.Empty((await db.Set<Group>().Include(g => g.Members).SingleAsync(Cancellation)).Members);
        Assert.Equal("accounts.login-taken", (await Assert.ThrowsAsync<RuleException>(() => AddAsync(kernel, party, "emil", "Ein anderer", "x@example.org"))).Key);
        await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        Assert.Equal([party.Emil], kernel.Get<Farewells>().Heard);
    }

    [Theory, OnBothDatabases]
    public async Task The_register_tells_facts_and_they_replace_what_was(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var party = await SmallParty.FoundAsync(kernel, Cancellation);
        await using (var db = kernel.OpenDb())
        {
            var later = SmallParty.Founded.AddDays(5);
            await Memberships.ReplaceAsync(
                db, party.Emil,
                [
                    new() { AccountId = party.Emil, UnitId = party.Munich, Since = later, EntitledToVoteSince = later },
                    new() { AccountId = party.Emil, UnitId = party.Hesse, Since = later },
                ],
                Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }

        var emil = await kernel.Get<ViewerSource>().ForAsync(party.Emil, Cancellation);
        Assert.Equal([party.Munich, party.Hesse], emil.MemberOf);
        await using var again = kernel.OpenDb();
        Assert.Equal(SmallParty.Founded.AddDays(5), (await again.Set<MembershipFact>().SingleAsync(m => m.AccountId == party.Emil && m.UnitId == party.Munich, Cancellation)).EntitledToVoteSince);
        await Memberships.ReplaceAsync(again, party.Emil, [], Cancellation);
        await again.SaveChangesAsync(Cancellation);
        Assert.Empty((await kernel.Get<ViewerSource>().ForAsync(party.Emil, Cancellation)).MemberOf);
    }

    private static void Register(ModuleBuilder module)
    {
        module.Services.AddSingleton<Farewells>();
        module.AddEventHandler<AccountClosed, SayFarewell>("tests.farewell");
    }

    private static Task<AccountId> AddAsync(TestKernel kernel, SmallParty party, string login, string name, string? email)
        => kernel.AsAsync<AccountService, AccountId>(party.Ada, (a, ada) => a.AddAsync(ada, login, name, email, AccountKind.Person, Cancellation));

    private static async Task<string[]> ListAsync(TestKernel kernel, SmallParty party, AccountQuery query, int take = 10)
        => [.. (await kernel.AsAsync<AccountService, IReadOnlyList<Account>>(party.Ada, (a, ada) => a.ListAsync(ada, query, take, Cancellation))).Select(a => a.Login)];

    private sealed class Farewells
    {
        public List<AccountId> Heard { get; } = [];
    }

    private sealed class SayFarewell(Farewells farewells) : IEventHandler<AccountClosed>
    {
        public Task HandleAsync(AccountClosed happened, CancellationToken cancellation)
        {
            farewells.Heard.Add(happened.Account);
            return Task.CompletedTask;
        }
    }
}
