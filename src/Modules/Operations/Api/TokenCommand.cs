using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Api;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Api;

/// <summary><c>plenum account token</c>: an access token for an account that signs in nowhere, such as a service's.</summary>
internal static class TokenCommand
{
    public static Command Create(ICommandHouse house)
    {
        var login = new Argument<string>("login") { Description = "The account's sign-in name." };
        var name = new Option<string>("--name") { Description = "What it is for.", DefaultValueFactory = _ => "command line" };
        var write = new Option<bool>("--write") { Description = "Also for changes." };
        var permissions = new Option<string[]>("--permission") { Description = "A permission it may use; may be repeated.", DefaultValueFactory = _ => [] };
        var unit = new Option<string?>("--unit") { Description = "Path of the unit its permissions hold for; everywhere if not given." };
        var days = new Option<int?>("--days") { Description = "Days it is valid." };
        var token = new Command("token", "Make an access token for an account and print it once.") { login, name, write, permissions, unit, days };
        token.SetAction((parsed, cancellation) => house.RunAsync(
            parsed,
            (services, stop) => RunAsync(
                services, parsed.GetRequiredValue(login), parsed.GetValue(unit), parsed.GetValue(days),
                new(parsed.GetRequiredValue(name)) { MayWrite = parsed.GetValue(write), Permissions = parsed.GetValue(permissions) ?? [] }, stop),
            cancellation));
        return token;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string login, string? unit, int? days, NewToken wanted, CancellationToken cancellation)
    {
        var folded = login.Trim().ToLowerInvariant();
        var account = await services.GetRequiredService<PlenumDb>().Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Login == folded, cancellation)
            ?? throw new RuleException("accounts.unknown", login);
        var viewer = await services.GetRequiredService<ViewerSource>().ForAsync(account.Id, cancellation);
        var node = unit is null ? null : (await services.GetRequiredService<Access>().TreeAsync(cancellation)).Find(unit.Trim('/')) ?? throw new RuleException("units.unknown");
        var secret = await services.GetRequiredService<AccessTokens>().CreateAsync(
            viewer,
            wanted with { Unit = node?.Id, ExpiresAt = days is { } d ? services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(d) : null },
            cancellation);
        Console.WriteLine(secret);
        return 0;
    }
}
