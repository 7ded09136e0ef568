using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Limits;

/// <summary>What kind of secret is tried.</summary>
public enum SignInSecret
{
    /// <summary>Chosen by a person: guesses count for the account and for the whole house.</summary>
    Guessable,

    /// <summary>Generated, 100 bits and more: strangers' guesses are hopeless and lock nobody out.</summary>
    Random,
}

/// <summary>
/// One limiter for all doors (web, SMTP, IMAP, XMPP, SIP). Counts failures per account, per network and in all.
/// Nobody is locked out by strangers alone: a network that signed in to the account within 30 days is judged by its failures at this account, a
/// device known to the account by its own, a generated secret by its network's; a passkey and the mail link are not limited here at all.
/// </summary>
/// <remarks>
/// Counts live in memory of each node; a restart forgets them, which costs an attacker more than it helps. Time is counted by the clock
/// that never jumps.
/// </remarks>
public sealed class SignInLimiter(IOptions<LimitsOptions> options, TimeProvider clock)
{
    private const int MaxCounted = 200_000; // About 20 MB under a flood of addresses.
    private static readonly Meter Meter = new("Plenum.SignIn");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("plenum.signin.failures", "{attempt}", "Failed attempts at all doors, also for names that do not exist; questions for a mail link among them");
    private static readonly Counter<long> Successes = Meter.CreateCounter<long>("plenum.signin.successes", "{attempt}");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("plenum.signin.limited", "{attempt}", "Refused unseen: too many failures before");
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);
    private readonly ConcurrentDictionary<(string Login, NetworkPrefix Network), long> _known = new();
    private readonly ConcurrentDictionary<Counted, Window> _failures = new();
    private readonly Lock _trimming = new();

    /// <summary>Asks before a secret is looked at.</summary>
    /// <param name="login">What was typed, whether or not such an account exists.</param>
    /// <param name="device">A device that has proven, by a sealed cookie, to have signed in to this account before; null if none has.</param>
    /// <returns>Null if the attempt may go on, else how long to wait.</returns>
    public TimeSpan? Check(string login, IPAddress address, SignInSecret secret = SignInSecret.Guessable, string? device = null)
    {
        var wait = WaitOf(login, address, secret, device);
        if (wait is not null)
        {
            Refusals.Add(1);
        }

        return wait;
    }

    public void Failed(string login, IPAddress address, SignInSecret secret = SignInSecret.Guessable, string? device = null)
    {
        Failures.Add(1);
        var (name, network) = (Fold(login), NetworkPrefix.Of(address));
        if (device is not null)
        {
            Count(new(name, default, device));
            return;
        }

        Count(new("", network));
        Count(new(name, network));
        if (secret == SignInSecret.Guessable)
        {
            Count(new(name));
            Count(default);
        }
    }

    /// <summary>The account's own network is known from now on, and what it or its device mistyped before is forgiven.</summary>
    public void Succeeded(string login, IPAddress address, string? device = null)
    {
        Successes.Add(1);
        var key = (Fold(login), NetworkPrefix.Of(address));
        TrimKnown();
        _known[key] = clock.GetTimestamp();
        _failures.TryRemove(new(key.Item1, key.Item2), out _);
        if (device is not null)
        {
            _failures.TryRemove(new(key.Item1, default, device), out _);
        }
    }

    private TimeSpan? WaitOf(string login, IPAddress address, SignInSecret secret, string? device)
    {
        var (name, network, limits) = (Fold(login), NetworkPrefix.Of(address), options.Value);
        if (device is not null)
        {
            return WaitFor(new(name, default, device), limits.FailuresPerAccount);
        }

        var own = WaitFor(new(name, network), limits.FailuresPerAccount);
        if (_known.TryGetValue((name, network), out var last) && clock.GetElapsedTime(last) < KnownFor)
        {
            return own; // Neighbours who guess at other names count for nothing here: a mobile carrier's network is full of them.
        }

        own ??= WaitFor(new("", network), limits.FailuresPerNetwork);
        return own is not null || secret == SignInSecret.Random ? own : WaitFor(new(name), limits.FailuresPerAccount) ?? WaitFor(default, limits.FailuresGlobal);
    }

    private static string Fold(string login) => login.Length <= 320 ? login.Trim().ToLowerInvariant() : "?";

    private TimeSpan? WaitFor(Counted key, int limit)
    {
        if (!_failures.TryGetValue(key, out var window))
        {
            return null;
        }

        var left = options.Value.Window - clock.GetElapsedTime(window.Began);
        return window.Failures >= limit && left > TimeSpan.Zero ? left : null;
    }

    private void Count(Counted key)
    {
        TrimFailures();
        var now = clock.GetTimestamp();
        _failures.AddOrUpdate(
            key,
            _ => new(now, 1),
            (_, held) => clock.GetElapsedTime(held.Began) < options.Value.Window ? held with { Failures = held.Failures + 1 } : new(now, 1));
    }

    // Under a flood what is over goes first, then what counted least: an attacker cannot wash its own counts away with new names.
    private void TrimFailures()
    {
        if (_failures.Count < MaxCounted)
        {
            return;
        }

        lock (_trimming)
        {
            for (var least = 0; _failures.Count > MaxCounted * 3 / 4; least = Math.Max(1, least * 2))
            {
                foreach (var (key, window) in _failures)
                {
                    if (clock.GetElapsedTime(window.Began) >= options.Value.Window || window.Failures <= least)
                    {
                        _failures.TryRemove(key, out _);
                    }
                }
            }
        }
    }

    private void TrimKnown()
    {
        if (_known.Count < MaxCounted)
        {
            return;
        }

        lock (_trimming)
        {
            foreach (var (key, _) in _known.OrderBy(k => k.Value).Take(_known.Count / 4).ToList())
            {
                _known.TryRemove(key, out _);
            }
        }
    }

    /// <summary>An account, a network, an account from a network or a device; all of it empty: the whole house.</summary>
    private readonly record struct Counted(string? Login, NetworkPrefix Network = default, string? Device = null);

    private sealed record Window(long Began, int Failures);
}
