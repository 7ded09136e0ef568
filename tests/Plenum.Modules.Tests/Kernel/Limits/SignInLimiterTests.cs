using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel.Limits;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.SignInLimits;

public sealed class SignInLimiterTests
{
    private static readonly IPAddress Home = IPAddress.Parse("198.51.100.7");
    private static readonly IPAddress Hotel = IPAddress.Parse("192.0.2.44");
    private readonly FakeTimeProvider _passing = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly JumpingClock _clock;
    private readonly SignInLimiter _limiter;

    public SignInLimiterTests()
    {
        _clock = new(_passing);
        _limiter = new(Options.Create(new LimitsOptions()), _clock);
    }

    [Fact]
    public void Strangers_never_lock_out_the_network_or_the_device_that_is_known()
    {
        _limiter.Succeeded("emil", Home);
        Attack("emil", 200);
        Assert.NotNull(_limiter.Check("emil", Hotel));
        Assert.Null(_limiter.Check("emil", Home));
        Assert.Null(_limiter.Check("Emil ", IPAddress.Parse("198.51.100.250")));
        Assert.Null(_limiter.Check("emil", Hotel, device: "sealed-1"));
        Assert.Null(_limiter.Check("emil", Hotel, SignInSecret.Random));
        Assert.Null(_limiter.Check("dilek", Hotel));
    }

    [Fact]
    public void Even_the_known_are_judged_by_their_own_failures()
    {
        _limiter.Succeeded("emil", Home);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(_limiter.Check("emil", Home));
            _limiter.Failed("emil", Home);
            Assert.Null(_limiter.Check("emil", Hotel, device: "sealed-1"));
            _limiter.Failed("emil", Hotel, device: "sealed-1");
        }

        Assert.NotNull(_limiter.Check("emil", Home));
        Assert.NotNull(_limiter.Check("emil", Hotel, device: "sealed-1"));
        _passing.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(_limiter.Check("emil", Home));
    }

    [Fact]
    public void A_network_is_a_24_or_a_64_and_counts_over_all_names()
    {
        for (var i = 0; i < 50; i++)
        {
            _limiter.Failed($"name{i}", IPAddress.Parse($"203.0.113.{i}"));
            _limiter.Failed($"name{i}", IPAddress.Parse($"2001:db8:1:2::{i}"));
        }

        Assert.NotNull(_limiter.Check("other", IPAddress.Parse("203.0.113.200")));
        Assert.NotNull(_limiter.Check("other", IPAddress.Parse("::ffff:203.0.113.200")));
        Assert.NotNull(_limiter.Check("other", IPAddress.Parse("203.0.113.200"), SignInSecret.Random));
        Assert.NotNull(_limiter.Check("other", IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(_limiter.Check("other", IPAddress.Parse("203.0.114.1")));
        Assert.Null(_limiter.Check("other", IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void Neighbours_in_a_shared_network_lock_out_only_those_never_seen_there()
    {
        _limiter.Succeeded("emil", Home);
        for (var i = 0; i < 50; i++)
        {
            _limiter.Failed($"name{i}", IPAddress.Parse("198.51.100.250"));
        }

        Assert.NotNull(_limiter.Check("dilek", Home));
        Assert.Null(_limiter.Check("emil", Home));
        Assert.Null(_limiter.Check("emil", Home, SignInSecret.Random));
    }

    [Fact]
    public void Who_gets_in_is_forgiven_what_was_mistyped_and_nothing_of_what_strangers_tried()
    {
        Attack("emil", 20);
        for (var i = 0; i < 19; i++)
        {
            _limiter.Failed("emil", Hotel, device: "sealed-1");
        }

        _limiter.Succeeded("emil", Hotel, "sealed-1");
        _limiter.Failed("emil", Hotel, device: "sealed-1");
        Assert.Null(_limiter.Check("emil", Hotel, device: "sealed-1"));
        Assert.NotNull(_limiter.Check("emil", IPAddress.Parse("192.0.3.1")));
    }

    [Fact]
    public void A_siege_of_the_whole_house_leaves_the_known_in()
    {
        _limiter.Succeeded("emil", Home);
        for (var i = 0; i < 2_000; i++)
        {
            _limiter.Failed($"name{i}", new IPAddress([100, (byte)(i / 250), (byte)(i % 250), 1]));
        }

        Assert.NotNull(_limiter.Check("dilek", Hotel));
        Assert.Null(_limiter.Check("emil", Home));
    }

    [Fact]
    public void Guesses_at_generated_secrets_do_not_count_for_the_account()
    {
        for (var i = 0; i < 200; i++)
        {
            _limiter.Failed("emil", new IPAddress([100, 1, (byte)i, 1]), SignInSecret.Random);
        }

        Assert.Null(_limiter.Check("emil", Hotel));
    }

    [Fact]
    public void A_clock_that_jumps_neither_frees_nor_jails_anyone()
    {
        Attack("emil", 20);
        _clock.Jump(TimeSpan.FromDays(365));
        Assert.NotNull(_limiter.Check("emil", Hotel));
        _clock.Jump(TimeSpan.FromDays(-700));
        Assert.InRange(_limiter.Check("emil", Hotel)!.Value, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        _passing.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(_limiter.Check("emil", Hotel));
    }

    [Fact]
    public void A_flood_of_names_washes_no_count_away()
    {
        Attack("emil", 40);
        for (var i = 0; i < 60_000; i++)
        {
            _limiter.Failed($"flood{i}", new IPAddress([101, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        }

        Assert.NotNull(_limiter.Check("emil", Hotel));
    }

    private void Attack(string login, int failures)
    {
        for (var i = 0; i < failures; i++)
        {
            _limiter.Failed(login, new IPAddress([100, 64, (byte)i, 1]));
        }
    }
}
