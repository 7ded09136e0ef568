using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.SignOn;
using Plenum.SignOn.Registration;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

/// <summary>A house with sign-on alone: Ada runs it, everyone else registers. Its clock stands still until a test moves it.</summary>
internal sealed class SignOnHouse : IAsyncDisposable
{
    public const string Password = "neun gelbe Kraniche";

    private SignOnHouse(TestKernel kernel, FakeTimeProvider clock, CaughtMail mail) => (Kernel, Clock, Mail) = (kernel, clock, mail);

    public static Visitor Home { get; } = new(IPAddress.Parse("203.0.113.7"), "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");

    public static Visitor Stranger { get; } = new(IPAddress.Parse("198.51.100.20"), "curl/8.0");

    public TestKernel Kernel { get; }

    public FakeTimeProvider Clock { get; }

    public CaughtMail Mail { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SignOnHouse> StartAsync(DatabaseProvider provider, params (string Key, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        var mail = new CaughtMail();
        var kernel = await TestKernel.StartAsync(provider, new()
        {
            Modules = new ModuleCatalog().Add<SignOnModule>(),
            Register = module => module.Services.AddSingleton<IMailQueue>(mail),
            Settings = settings.ToDictionary(s => s.Key, s => (string?)s.Value),
            Clock = clock,
        });
        return new(kernel, clock, mail);
    }

    public Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> step)
        where TService : notnull
        => Kernel.InScopeAsync(scope => step(scope.GetRequiredService<TService>()));

    public Task AskAsync<TService>(Func<TService, Task> step)
        where TService : notnull
        => Kernel.InScopeAsync(scope => step(scope.GetRequiredService<TService>()));

    /// <summary>Registers someone and follows the link in the mail.</summary>
    public async Task<Viewer> EnterAsync(string login)
    {
        await AskAsync<RegistrationService, Account?>(r => r.RegisterAsync(ApplicationOf(login), Home, Cancellation));
        var (account, _) = await AskAsync<RegistrationService, (Account, bool)>(r => r.ConfirmAsync(Mail.SecretAfter("/confirm/"), Cancellation));
        return await ViewerAsync(account.Id);
    }

    public static Application ApplicationOf(string login, string? invitation = null)
        => new(login, char.ToUpperInvariant(login[0]) + login[1..] + " Beispiel", $"{login}@example.org", Password, invitation);

    public async Task<Viewer> ViewerAsync(AccountId account) => await Kernel.Get<ViewerSource>().ForAsync(account, Cancellation);

    public Task<SignInStep> SignInAsync(string login, string password = Password, Visitor? from = null)
        => AskAsync<SignInService, SignInStep>(s => s.WithPasswordAsync(login, password, from ?? Home, Cancellation));

    /// <summary>Does what sign-in left for after its answer.</summary>
    public Task SettleAsync() => Kernel.Get<AfterAnswer>().DoAllAsync(Cancellation);

    public async Task<TResult> ReadAsync<TResult>(Func<PlenumDb, Task<TResult>> read)
    {
        await using var db = Kernel.OpenDb();
        return await read(db);
    }

    /// <summary>Founds the organisation and makes someone its operator.</summary>
    public async Task<OrgUnitId> FoundAsync(Viewer operatorOf)
    {
        await using var db = Kernel.OpenDb();
        var now = Clock.GetUtcNow().UtcDateTime;
        var root = new OrgUnit(OrgUnitKind.Federation, Slug.From("Verband"), "Verband", null, now);
        db.Add(root);
        db.Add(new Grant(AudienceToken.Account(operatorOf.SignedInAccount), KernelPermissions.Operator.Name, root.Id, inherits: true, now, null));
        await db.SaveChangesAsync(Cancellation);
        return root.Id;
    }

    /// <summary>Runs a job now, as an operator may.</summary>
    public async Task RunJobAsync(string name)
    {
        await Kernel.Get<JobRunner>().RegisterAsync(Cancellation);
        Assert.True(await AskAsync<JobOverview, bool>(j => j.RequestAsync(name, Cancellation)));
        await Task.WhenAll(await Kernel.Get<JobRunner>().StartDueAsync(Cancellation));
    }

    public ValueTask DisposeAsync() => Kernel.DisposeAsync();
}
