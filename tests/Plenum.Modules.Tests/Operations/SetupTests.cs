using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.SignOn;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Operations.Setup;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

public sealed class SetupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SetupRequest Good { get; } = new()
    {
        Organisation = "Bürgerverein Süd",
        MailDomain = "Verein-Süd.example",
        WebDomain = "www.example.org",
        Languages = ["de", "en"],
        DisplayName = "Ada Adler",
        Login = "ada",
        Email = "ada@example.net",
        Password = "karton-wolke-ampel",
    };

    [Theory, OnBothDatabases]
    public async Task The_link_makes_organisation_and_operator_and_works_once(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartAsync(provider);
        var secret = await OfferAsync(kernel);
        Assert.NotNull(secret);
        var account = await DoAsync(kernel, s => s.CreateAsync(secret, Good, Cancellation));
        var access = kernel.Get<Access>();
        var tree = await access.TreeAsync(Cancellation);
        Assert.Equal(("Bürgerverein Süd", "xn--verein-sd-x9a.example"), (tree.Root!.Name, tree.Root.MailDomain));
        var viewer = await kernel.Get<ViewerSource>().ForAsync(account, Cancellation);
        Assert.True(await access.MayAsync(viewer, KernelPermissions.Operate, tree.Root.Id, Cancellation));
        Assert.True((await kernel.InScopeAsync(async s => await s.GetRequiredService<IAccountCredentials>().OverviewAsync(account, Cancellation))).HasPassword);
        Assert.Null(await DoAsync(kernel, s => s.StageAsync(secret, Cancellation)));
        Assert.Null(await OfferAsync(kernel));
        var again = await Assert.ThrowsAsync<RuleException>(() => DoAsync(kernel, s => s.CreateAsync(secret, Good with { Login = "mallory" }, Cancellation)));
        Assert.Equal("operations.setup.link-used", again.Key);
    }

    [Theory, OnBothDatabases]
    public async Task A_restart_before_use_offers_a_new_link_and_ends_the_old_one(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartAsync(provider);
        var first = await OfferAsync(kernel);
        var second = await OfferAsync(kernel);
        Assert.Null(await DoAsync(kernel, s => s.StageAsync(first!, Cancellation)));
        Assert.Equal(SetupStage.Organisation, await DoAsync(kernel, s => s.StageAsync(second!, Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task Without_a_password_the_link_stays_until_there_is_something_to_sign_in_with(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartAsync(provider);
        var secret = (await OfferAsync(kernel))!;
        await DoAsync(kernel, s => s.CreateAsync(secret, Good with { Password = "" }, Cancellation));
        Assert.False(await DoAsync(kernel, s => s.FinishAsync(secret, Cancellation)));
        var afterRestart = (await OfferAsync(kernel))!;
        Assert.Equal(SetupStage.Credential, await DoAsync(kernel, s => s.StageAsync(afterRestart, Cancellation)));
        await DoAsync(kernel, async s =>
        {
            await s.SetPasswordAsync(afterRestart, "karton-wolke-ampel", Cancellation);
            return true;
        });
        Assert.Null(await OfferAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task Bad_input_is_explained_and_makes_nothing(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartAsync(provider);
        var secret = (await OfferAsync(kernel))!;
        foreach (var (request, rule) in new (SetupRequest, string)[]
        {
            (Good with { Organisation = "  " }, "units.name-length"),
            (Good with { Organisation = new string('x', 300) }, "units.name-length"),
            (Good with { MailDomain = "example" }, "operations.setup.domain-invalid"),
            (Good with { MailDomain = "not a domain.org" }, "operations.setup.domain-invalid"),
            (Good with { MailDomain = "192.0.2.1" }, "operations.setup.domain-invalid"),
            (Good with { WebDomain = "https://example.org/" }, "operations.setup.domain-invalid"),
            (Good with { Languages = ["fr"] }, "operations.setup.no-language"),
            (Good with { Login = "root" }, "accounts.login-invalid"),
            (Good with { Login = "a b" }, "accounts.login-invalid"),
            (Good with { DisplayName = "a\0b" }, "accounts.name-length"),
            (Good with { Email = "nobody" }, "operations.setup.email-invalid"),
        })
        {
            var broken = await Assert.ThrowsAsync<RuleException>(() => DoAsync(kernel, s => s.CreateAsync(secret, request, Cancellation)));
            Assert.Equal(rule, broken.Key);
        }

        await Assert.ThrowsAsync<RuleException>(() => DoAsync(kernel, s => s.CreateAsync(secret, Good with { Password = "kurz" }, Cancellation)));
        await Assert.ThrowsAsync<RuleException>(() => DoAsync(kernel, s => s.CreateAsync("0123456789abcdef", Good, Cancellation)));
        await using var db = kernel.OpenDb();
        Assert.False(await db.Set<OrgUnit>().AnyAsync(Cancellation) || await db.Set<Account>().AnyAsync(Cancellation));
        Assert.Equal(SetupStage.Organisation, await DoAsync(kernel, s => s.StageAsync(secret, Cancellation)));
    }

    [Theory, OnBothDatabases]
    public async Task A_house_that_was_filled_otherwise_offers_no_link(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartWithDemoAsync(provider);
        Assert.Null(await OfferAsync(kernel));
    }

    private static Task<string?> OfferAsync(TestKernel kernel)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<SetupLinks>().OfferAsync(Cancellation));

    private static Task<T> DoAsync<T>(TestKernel kernel, Func<SetupService, Task<T>> step)
        => kernel.InScopeAsync(scope => step(scope.GetRequiredService<SetupService>()));
}
