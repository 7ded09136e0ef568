using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Accounts;

/// <summary><c>plenum account …</c>: accounts and their permissions from the command line.</summary>
internal static class AccountCommands
{
    public static void Add(RootCommand root, ICommandHouse house)
    {
        var account = root.Group("account", "Accounts and their permissions.");
        account.Subcommands.Add(List(house));
        account.Subcommands.Add(Add(house));
        account.Subcommands.Add(One(house, "suspend", "Bars an account for a time.", (s, id, c) => s.SuspendAsync(Viewer.Console, id, c)));
        account.Subcommands.Add(One(house, "reinstate", "Lets a suspended account in again.", (s, id, c) => s.ReinstateAsync(Viewer.Console, id, c)));
        account.Subcommands.Add(One(house, "close", "Ends an account for good.", (s, id, c) => s.CloseAsync(Viewer.Console, id, c)));
        account.Subcommands.Add(Grant(house));
        account.Subcommands.Add(Revoke(house));
        account.Subcommands.Add(Explain(house));
    }

    private static Argument<string> Login() => new("login") { Description = "Sign-in name." };

    private static Option<string> Unit() => new("--unit") { Description = "Path of a unit; \"/\" for the topmost.", DefaultValueFactory = _ => "/" };

    private static Command List(ICommandHouse house)
    {
        var text = new Argument<string?>("text") { Description = "Part of a name or mail address.", DefaultValueFactory = _ => null };
        var list = new Command("list", "Shows accounts.") { text };
        list.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var accounts = services.GetRequiredService<AccountService>();
                var query = new AccountQuery(parsed.GetValue(text));
                while (await accounts.ListAsync(Viewer.Console, query, AccountService.MaxPageSize, cancellation) is [.., var last] page)
                {
                    foreach (var account in page)
                    {
                        Console.WriteLine($"{account.Login}\t{account.DisplayName}\t{account.Email}\t{account.Kind}\t{account.State}");
                    }

                    query = query with { After = last.Login };
                }

                return 0;
            },
            c));
        return list;
    }

    private static Command Add(ICommandHouse house)
    {
        var login = Login();
        var name = new Argument<string>("name") { Description = "Name as others see it." };
        var email = new Option<string?>("--email") { Description = "Where mail to the person goes; a password is set through \"forgot my password\"." };
        var service = new Option<bool>("--service") { Description = "A program, not a person." };
        var add = new Command("add", "Makes an account.") { login, name, email, service };
        add.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var kind = parsed.GetValue(service) ? AccountKind.Service : AccountKind.Person;
                await services.GetRequiredService<AccountService>().AddAsync(
                    Viewer.Console, parsed.GetRequiredValue(login), parsed.GetRequiredValue(name), parsed.GetValue(email), kind, cancellation);
                return 0;
            },
            c));
        return add;
    }

    private static Command One(ICommandHouse house, string verb, string description, Func<AccountService, Contracts.Organisation.AccountId, CancellationToken, Task> change)
    {
        var login = Login();
        var command = new Command(verb, description) { login };
        command.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var accounts = services.GetRequiredService<AccountService>();
                await change(accounts, (await accounts.FindAsync(Viewer.Console, parsed.GetRequiredValue(login), cancellation)).Id, cancellation);
                return 0;
            },
            c));
        return command;
    }

    private static Command Grant(ICommandHouse house)
    {
        var (login, unit) = (Login(), Unit());
        var role = new Argument<string>("role") { Description = "Name of a role, e.g. operator." };
        var inherit = new Option<bool>("--inherit") { Description = "Holds below the unit, too." };
        var until = new Option<DateTime?>("--until") { Description = "First day it no longer holds." };
        var grant = new Command("grant", "Gives an account a role on a unit.") { login, role, unit, inherit, until };
        grant.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var account = await services.GetRequiredService<AccountService>().FindAsync(Viewer.Console, parsed.GetRequiredValue(login), cancellation);
                var on = await FindAsync(services, parsed.GetRequiredValue(unit), cancellation);
                await services.GetRequiredService<GrantService>().GrantAsync(
                    Viewer.Console,
                    new(AudienceToken.Account(account.Id), parsed.GetRequiredValue(role), on.Id, parsed.GetValue(inherit), null, parsed.GetValue(until)?.ToUniversalTime()),
                    cancellation);
                return 0;
            },
            c));
        return grant;
    }

    private static Command Revoke(ICommandHouse house)
    {
        var (login, unit) = (Login(), Unit());
        var role = new Argument<string>("role") { Description = "Name of the role." };
        var revoke = new Command("revoke", "Takes a role on a unit from an account.") { login, role, unit };
        revoke.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var account = await services.GetRequiredService<AccountService>().FindAsync(Viewer.Console, parsed.GetRequiredValue(login), cancellation);
                var (on, subject, name) = ((await FindAsync(services, parsed.GetRequiredValue(unit), cancellation)).Id, AudienceToken.Account(account.Id), parsed.GetRequiredValue(role));
                var grants = services.GetRequiredService<GrantService>();
                var found = (await grants.OnAsync(Viewer.Console, on, cancellation)).Where(g => g.Subject == subject && g.Role == name).ToList();
                if (found is [])
                {
                    throw new RuleException("grants.unknown");
                }

                foreach (var grant in found)
                {
                    await grants.RevokeAsync(Viewer.Console, grant.Id, cancellation);
                }

                return 0;
            },
            c));
        return revoke;
    }

    private static Command Explain(ICommandHouse house)
    {
        var (login, unit) = (Login(), Unit());
        var permission = new Argument<string>("permission") { Description = "Name of a permission, e.g. units.edit." };
        var explain = new Command("explain", "Tells why an account may or may not do something on a unit.") { login, permission, unit };
        explain.SetAction((parsed, c) => house.RunAsync(
            parsed,
            async (services, cancellation) =>
            {
                var account = await services.GetRequiredService<AccountService>().FindAsync(Viewer.Console, parsed.GetRequiredValue(login), cancellation);
                var on = await FindAsync(services, parsed.GetRequiredValue(unit), cancellation);
                var answer = await services.GetRequiredService<AccessReasons>().OfAsync(Viewer.Console, account.Id, parsed.GetRequiredValue(permission), on.Id, cancellation);
                Console.WriteLine($"{answer.Question} {(answer.May ? "+" : "-")}");
                foreach (var reason in answer.Reasons)
                {
                    Console.WriteLine($"{(reason.Kind == ExplanationKind.Allows ? "+" : "-")} {reason.Sentence}");
                }

                return answer.May ? 0 : 1;
            },
            c));
        return explain;
    }

    private static async Task<UnitNode> FindAsync(IServiceProvider services, string path, CancellationToken cancellation)
        => (await services.GetRequiredService<Access>().TreeAsync(cancellation)).Find(path.Trim('/')) ?? throw new RuleException("units.no-path", path);
}
