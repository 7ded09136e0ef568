using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Snapshots;
using Plenum.Kernel.Web.Caching;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.WebPages;

public sealed class CacheTagsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_committed_change_gives_its_tags_another_version_on_every_node_and_evicts_their_pages(DatabaseProvider provider)
    {
        await using var first = await TestKernel.StartAsync(provider, new() { Register = m => m.Services.AddSingleton<IOutputCacheStore, Evicted>() });
        await using var second = TestKernel.On(first.Database);
        await first.StartServiceAsync<CacheTags>();
        await second.StartServiceAsync<CacheTags>();
        await second.StartServiceAsync<StampWatch>();
        await ChangeAsync(first, commit: false, "board:techtalk");
        await first.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        Assert.Equal("0,0", first.Get<CacheTags>().VersionsOf(["board:techtalk", "unit:bayern"]));

        await ChangeAsync(first, commit: true, "board:techtalk", "unit:bayern");
        await ChangeAsync(first, commit: true, "board:techtalk");
        await first.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        await Patience.UntilAsync(() => first.Get<CacheTags>().VersionsOf(["board:techtalk", "unit:bayern"]) == "3,2", Cancellation);
        await Patience.UntilAsync(() => second.Get<CacheTags>().VersionsOf(["board:techtalk", "unit:bayern"]) == "3,2", Cancellation);
        await Patience.UntilAsync(() => ((Evicted)first.Get<IOutputCacheStore>()).Contains("board:techtalk"), Cancellation);

        await using var restarted = TestKernel.On(first.Database);
        await restarted.StartServiceAsync<CacheTags>();
        Assert.Equal("3,2,0", restarted.Get<CacheTags>().VersionsOf(["board:techtalk", "unit:bayern", "other"]));
    }

    private static async Task ChangeAsync(TestKernel kernel, bool commit, params string[] tags)
    {
        await using var db = kernel.OpenDb();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        kernel.Get<CacheTags>().Change(db, tags);
        await db.SaveChangesAsync(Cancellation);
        if (commit)
        {
            await transaction.CommitAsync(Cancellation);
        }
    }

    private sealed class Evicted : IOutputCacheStore
    {
        private readonly List<string> _tags = [];

        public bool Contains(string tag)
        {
            lock (_tags)
            {
                return _tags.Contains(tag);
            }
        }

        public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
        {
            lock (_tags)
            {
                _tags.Add(tag);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => new((byte[]?)null);

        public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
