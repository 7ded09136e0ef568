using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Notifications;

/// <summary>
/// The number at everyone's bell. Every page shows it, so it is kept for a moment; what happens on this node shows at once,
/// what happens on another after that moment.
/// </summary>
public sealed class UnreadCounts(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private const int MaxHeld = 20_000; // About 2 MB; beyond it all are forgotten and counted anew.
    private readonly ConcurrentDictionary<AccountId, Held> _held = new();
    private long _changes;

    /// <inheritdoc cref="NotificationInbox.UnreadAsync"/>
    public async ValueTask<int> OfAsync(AccountId account, CancellationToken cancellation)
    {
        if (_held.TryGetValue(account, out var held) && clock.GetElapsedTime(held.Counted) < Lifetime)
        {
            return held.Count;
        }

        var (changes, counted) = (Interlocked.Read(ref _changes), clock.GetTimestamp());
        await using var scope = scopes.CreateAsyncScope();
        var count = await scope.ServiceProvider.GetRequiredService<NotificationInbox>().UnreadAsync(account, cancellation);
        if (_held.Count >= MaxHeld)
        {
            _held.Clear();
        }

        _held[account] = new(count, counted);
        if (Interlocked.Read(ref _changes) != changes)
        {
            _held.TryRemove(account, out _); // Counted before the change, perhaps.
        }

        return count;
    }

    /// <summary>Something was told to the account, or read by it, and is committed.</summary>
    internal void Forget(AccountId account)
    {
        Interlocked.Increment(ref _changes);
        _held.TryRemove(account, out _);
    }

    private sealed record Held(int Count, long Counted);
}
