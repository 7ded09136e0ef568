using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Web.Caching;

internal sealed class CacheTag
{
    public required string Tag { get; init; }

    /// <summary>Counts up over all tags, so that a node asks for what is newer than the last it saw.</summary>
    public long Version { get; init; }

    public DateTime ChangedAt { get; init; }
}

internal sealed class CacheTagsModel : IModelContributor
{
    public void Build(ModelBuilder model) => model.Entity<CacheTag>(tag =>
    {
        tag.ToTable("kernel_cache_tag");
        tag.HasKey(t => t.Tag);
    });
}

internal sealed record CacheTagsChanged(IReadOnlyList<string> Tags);

/// <summary>Counts the versions up: one handler at a time, so versions appear in their order on every node.</summary>
internal sealed class CountCacheTags(PlenumDb db, TimeProvider clock) : IEventHandler<CacheTagsChanged>
{
    public async Task HandleAsync(CacheTagsChanged happened, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var tag in happened.Tags)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO kernel_cache_tag (tag, version, changed_at)
                 VALUES ({tag}, (SELECT coalesce(max(version), 0) + 1 FROM kernel_cache_tag), {now})
                 ON CONFLICT (tag) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at
                 """,
                cancellation);
        }

        await db.TouchAsync(Stamp.CacheTags, cancellation);
    }
}

/// <summary>Forgets tags that changed long ago: pages of that time are no longer kept. The newest stays, as it holds the count. Safe to run twice.</summary>
internal sealed class ForgetCacheTags(PlenumDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7); // Far above the lifetime of any cached page.

    public Task RunAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime - Keep;
        return db.Set<CacheTag>().Where(t => t.ChangedAt < old && t.Version < db.Set<CacheTag>().Max(x => x.Version)).ExecuteDeleteAsync(cancellation);
    }
}
