using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Modules;
using Plenum.Mail;
using Plenum.Protocols.Mail.Dns;
using Plenum.SignOn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail;

/// <summary>A running house with mail, sign-on, the demo's people and <see cref="SampleBoards"/> at lists.plenum.test, on ports of its own.</summary>
internal sealed class MailHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataFolder _folder;

    private MailHost(WebApplication app, ScratchDatabase database, DataFolder folder)
    {
        _app = app;
        Database = database;
        _folder = folder;
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ScratchDatabase Database { get; }

    public IServiceProvider Services => _app.Services;

    public SampleBoards Boards => Services.GetRequiredService<SampleBoards>();

    public int RelayPort => Services.GetRequiredService<Ports>()["smtp"];

    public int SubmissionPort => Services.GetRequiredService<Ports>()["submission"];

    public int SubmissionTlsPort => Services.GetRequiredService<Ports>()["submissions"];

    public static async Task<MailHost> StartAsync(
        DatabaseProvider provider, Action<ModuleBuilder>? register = null, params (string Key, string Value)[] settings)
    {
        var database = await ScratchDatabase.CopyAsync(provider, "mail-host", async empty =>
        {
            await using var app = Build(empty, new(empty.Folder), null, []);
            await app.Services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
            await DemoSeeding.RunAsync(app.Services, CancellationToken.None);
        });
        return await StartOnAsync(database, register, settings);
    }

    /// <summary>Starts on a database that is prepared already; the host then owns it.</summary>
    public static async Task<MailHost> StartOnAsync(ScratchDatabase database, Action<ModuleBuilder>? register, params (string Key, string Value)[] settings)
    {
        var folder = new DataFolder(database.Folder);
        var app = Build(database, folder, register, settings);
        await app.StartAsync(Cancellation);
        return new(app, database, folder);
    }

    public PlenumDb OpenDb() => Services.GetRequiredService<IDbContextFactory<PlenumDb>>().CreateDbContext();

    /// <summary>Whether the house's own development CA signed this certificate for the host's name.</summary>
    public bool Trusts(X509Certificate? certificate)
    {
        using var leaf = new X509Certificate2(certificate!);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Database.Folder, "dev-ca.pem")));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf) && leaf.MatchesHostname("mx.plenum.test");
    }

    /// <summary>Puts mail into the queue as a module would.</summary>
    public async Task<MailMessageId> EnqueueAsync(OutgoingMail mail)
    {
        await using var scope = Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IMailQueue>().EnqueueAsync(mail, Cancellation);
        await scope.ServiceProvider.GetRequiredService<PlenumDb>().SaveChangesAsync(Cancellation);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Stops the house and leaves its database for the next one.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(ScratchDatabase database, DataFolder folder, Action<ModuleBuilder>? register, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ports:Bind"] = "127.0.0.1",
            ["Ports:Listen:http"] = FreePorts.NextSetting(),
            ["Ports:Listen:internal"] = "0",
            ["Ports:Listen:smtp"] = FreePorts.NextSetting(),
            ["Ports:Listen:submission"] = FreePorts.NextSetting(),
            ["Ports:Listen:submissions"] = FreePorts.NextSetting(),
            ["House:HostName"] = "mx.plenum.test",
        });
        builder.Configuration.AddInMemoryCollection(settings.Reverse().DistinctBy(s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        Directory.CreateDirectory(folder.Keys);
        Directory.CreateDirectory(folder.Blobs);
        var modules = new ModuleCatalog().Add<SignOnModule>().Add<MailModule>();
        var module = new ModuleBuilder(builder.Services, builder.Configuration).AddKernel(modules, folder);
        modules.AddServices(module);
        builder.Services.AddSingleton<SampleBoards>();
        builder.Services.AddSingleton<IAddressClaimant>(provider => provider.GetRequiredService<SampleBoards>());
        builder.Services.AddSingleton<ILocalDomains>(provider => provider.GetRequiredService<SampleBoards>());
        builder.Services.AddScoped<IIncomingMailReceiver, SampleBoardMail>();
        builder.Services.AddSingleton<IDnsResolver>(new DnsTable()); // Nobody asks the real one.
        register?.Invoke(module);
        builder.WebHost.UseKestrel();
        return builder.Build();
    }
}
