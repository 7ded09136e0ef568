using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Limits;

/// <summary>
/// One limiter for all doors (web, SMTP, later IMAP, XMPP, SIP). Counts failures per account, per network and in all.
/// Nobody is locked out by strangers alone: a network that signed in to the account within 30 days is judged by its own failures only.
/// </summary>
/// <remarks>Counts live in memory of each node; a restart forgets them, which costs an attacker more than it helps.</remarks>
public sealed class SignInLimiter(IOptions<LimitsOptions> options, TimeProvider clock)
{
    private const int MaxCounted = 200_000; // About 20 MB under a flood of addresses; then the oldest window is forgotten.
    private static readonly Meter Meter = new("Plenum.SignIn");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("plenum.signin.failures", "{attempt}", "Wrong secrets at all doors, also for names that do not exist");
    private static readonly Counter<long> Successes = Meter.CreateCounter<long>("plenum.signin.successes", "{attempt}");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("plenum.signin.limited", "{attempt}", "Refused unseen: too many failures before");
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);
    private readonly ConcurrentDictionary<(string Login, NetworkPrefix Network), DateTimeOffset> _known = new();
    private readonly ConcurrentDictionary<object, Window> _failures = new();

    /// <summary>Asks before a password is looked at.</summary>
    /// <param name="login">What was typed, whether or not such an account exists.</param>
    /// <returns>Null if the attempt may go on, else how long to wait.</returns>
    public TimeSpan? Check(string login, IPAddress address)
    {
        var wait = WaitOf(login, address);
        if (wait is not null)
        {
            Refusals.Add(1);
        }

        return wait;
    }

    public void Failed(string login, IPAddress address)
    {
        Failures.Add(1);
        var now = clock.GetUtcNow();
        Count(NetworkPrefix.Of(address), now);
        Count(Fold(login), now);
        Count(Everyone.All, now);
    }

    public void Succeeded(string login, IPAddress address)
    {
        Successes.Add(1);
        TrimIfFull(_known);
        _known[(Fold(login), NetworkPrefix.Of(address))] = clock.GetUtcNow();
    }

    private TimeSpan? WaitOf(string login, IPAddress address)
    {
        var network = NetworkPrefix.Of(address);
        var now = clock.GetUtcNow();
        if (WaitFor(network, options.Value.FailuresPerNetwork, now) is { } networkWait)
        {
            return networkWait;
        }

        if (_known.TryGetValue((Fold(login), network), out var last) && now - last < KnownFor)
        {
            return null;
        }

        return WaitFor(Fold(login), options.Value.FailuresPerAccount, now) ?? WaitFor(Everyone.All, options.Value.FailuresGlobal, now);
    }

    private static string Fold(string login) => login.Length <= 320 ? login.Trim().ToLowerInvariant() : "";

    private static void TrimIfFull<TKey, TValue>(ConcurrentDictionary<TKey, TValue> counted)
        where TKey : notnull
    {
        if (counted.Count >= MaxCounted)
        {
            counted.Clear();
        }
    }

    private TimeSpan? WaitFor(object key, int limit, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(key, out var window))
        {
            return null;
        }

        var ends = window.Began + options.Value.Window;
        return window.Failures >= limit && now < ends ? ends - now : null;
    }

    private void Count(object key, DateTimeOffset now)
    {
        TrimIfFull(_failures);
        _failures.AddOrUpdate(
            key,
            _ => new(now, 1),
            (_, held) => now - held.Began < options.Value.Window ? held with { Failures = held.Failures + 1 } : new(now, 1));
    }

    private enum Everyone
    {
        All,
    }

    private sealed record Window(DateTimeOffset Began, int Failures);
}
