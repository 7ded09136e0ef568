using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Web.Caching;

/// <summary>
/// What cached pages show, by tags such as "board:techtalk". A change gives the tag its next version; pages are kept under the versions
/// they were made with, so a page that was being made while something changed is never shown after it.
/// </summary>
public sealed partial class CacheTags(
    IDbContextFactory<PlenumDb> contexts, StampWatch watch, Outbox.Outbox outbox, IServiceProvider services, ILogger<CacheTags> log) : IHostedService, IDisposable
{
    public const int MaxTagLength = 200;

    private readonly ConcurrentDictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _seen;

    /// <summary>What these tags stand for changes with the context's changes: pages that show it are made anew on every node, within about a second.</summary>
    public void Change(PlenumDb db, params IReadOnlyCollection<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.FirstOrDefault(t => t.Length is 0 or > MaxTagLength) is { } wrong)
        {
            throw new ArgumentException($"\"{wrong}\" is no tag: 1 to {MaxTagLength} characters.", nameof(tags));
        }

        outbox.Add(db, new CacheTagsChanged([.. tags.Distinct(StringComparer.Ordinal)]));
    }

    /// <summary>The versions of some tags as part of a cache key.</summary>
    public string VersionsOf(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return string.Join(',', tags.Select(t => _versions.GetValueOrDefault(t).ToString(CultureInfo.InvariantCulture)));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        watch.Changed += OnChanged;
        await ReadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        watch.Changed -= OnChanged;
        return Task.CompletedTask;
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>Reads versions that are new since the last time.</summary>
    internal async Task ReadAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            var changed = await db.Set<CacheTag>().AsNoTracking().Where(t => t.Version > _seen).OrderBy(t => t.Version).ToListAsync(cancellation);
            foreach (var tag in changed)
            {
                _versions[tag.Tag] = tag.Version;
                _seen = tag.Version;
            }

            // Under their old versions they are never asked for again; this gives their memory back.
            if (services.GetService<IOutputCacheStore>() is { } pages)
            {
                foreach (var tag in changed)
                {
                    await pages.EvictByTagAsync(tag.Tag, cancellation);
                }
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private void OnChanged(string stamp)
    {
        if (stamp == Stamp.CacheTags)
        {
            _ = ReadNowAsync();
        }
    }

    private async Task ReadNowAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (Exception failed)
        {
            LogFailed(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Versions of cached pages could not be read; they are read at the next change")]
    private partial void LogFailed(Exception failed);
}
