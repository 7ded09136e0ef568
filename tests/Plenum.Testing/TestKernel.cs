using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Permissions;

namespace Plenum.Testing;

/// <summary>The kernel with chosen modules on a database of its own; no listener, and background services only where a test starts them.</summary>
public sealed class TestKernel : IAsyncDisposable
{
    private readonly ScratchDatabase? _owned;
    private readonly DataFolder _folder;
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _started = [];

    private TestKernel(ScratchDatabase database, bool owns, Setup setup)
    {
        Database = database;
        _owned = owns ? database : null;
        _folder = new DataFolder(setup.Folder ?? database.Folder);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).AddInMemoryCollection(setup.Settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var builder = new ModuleBuilder(services, configuration);
        builder.AddKernel(setup.Modules, _folder);
        setup.Modules.AddServices(builder);
        setup.Register?.Invoke(builder);
        if (setup.Clock is not null)
        {
            services.AddSingleton(setup.Clock);
        }

        Directory.CreateDirectory(_folder.Keys);
        Directory.CreateDirectory(_folder.Blobs);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ScratchDatabase Database { get; }

    public IServiceProvider Services => _services;

    /// <summary>A kernel on a fresh, migrated database.</summary>
    public static async Task<TestKernel> StartAsync(DatabaseProvider provider, Setup? setup = null)
    {
        setup ??= new();
        var template = string.Join(' ', setup.Modules.Names);
        var database = await ScratchDatabase.CopyAsync(provider, template, async empty =>
        {
            await using var kernel = new TestKernel(empty, owns: false, setup with { Folder = null });
            await kernel.Get<Schema>().MigrateAsync(CancellationToken.None);
        });
        return new(database, owns: true, setup);
    }

    /// <summary>A further node, or a restarted one, on a database that exists and is migrated.</summary>
    public static TestKernel On(ScratchDatabase database, Setup? setup = null) => new(database, owns: false, setup ?? new());

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    /// <summary>A context of its own, to be disposed by the caller.</summary>
    public PlenumDb OpenDb() => Get<IDbContextFactory<PlenumDb>>().CreateDbContext();

    /// <summary>Runs a step in a scope of its own, as a request would.</summary>
    public async Task<TResult> InScopeAsync<TResult>(Func<IServiceProvider, Task<TResult>> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        await using var scope = _services.CreateAsyncScope();
        return await step(scope.ServiceProvider);
    }

    public Task InScopeAsync(Func<IServiceProvider, Task> step) => InScopeAsync(async scope =>
    {
        await step(scope);
        return true;
    });

    /// <summary>Runs a use case as an account would.</summary>
    public Task<TResult> AsAsync<TService, TResult>(AccountId who, Func<TService, Viewer, Task<TResult>> step)
        where TService : notnull
        => InScopeAsync(async scope => await step(scope.GetRequiredService<TService>(), await Get<ViewerSource>().ForAsync(who, CancellationToken.None)));

    /// <summary>Runs a use case as an account would.</summary>
    public Task AsAsync<TService>(AccountId who, Func<TService, Viewer, Task> step)
        where TService : notnull
        => InScopeAsync(async scope => await step(scope.GetRequiredService<TService>(), await Get<ViewerSource>().ForAsync(who, CancellationToken.None)));

    /// <summary>Starts one background service; it stops with this kernel.</summary>
    public async Task StartServiceAsync<T>()
        where T : IHostedService
    {
        var service = _services.GetServices<IHostedService>().OfType<T>().Single();
        await service.StartAsync(CancellationToken.None);
        _started.Add(service);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_started))
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        _folder.Dispose();
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }

    /// <summary>What a test wants different.</summary>
    public sealed record Setup
    {
        public ModuleCatalog Modules { get; init; } = new();

        public Action<ModuleBuilder>? Register { get; init; }

        /// <summary>Further settings, e.g. "Blobs:Store".</summary>
        public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

        public TimeProvider? Clock { get; init; }

        /// <summary>A data folder apart from the database's, for a second node.</summary>
        public string? Folder { get; init; }
    }
}
