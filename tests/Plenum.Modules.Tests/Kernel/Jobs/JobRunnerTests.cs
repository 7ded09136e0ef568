using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.JobRuns;

public sealed class JobRunnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_missed_morning_is_made_up_for_once(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var kernel = await StartAsync(provider, clock);
        await kernel.Get<JobRunner>().RegisterAsync(Cancellation);
        Assert.Equal(0, await RunDueAsync(kernel));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, await RunDueAsync(kernel));
        Assert.Equal(0, await RunDueAsync(kernel));
        Assert.Equal(1, kernel.Get<Tally>().Runs);
        var status = Assert.Single(await kernel.InScopeAsync(s => s.GetRequiredService<JobOverview>().JobsAsync(Cancellation)), j => j.Name == "tests.daily");
        Assert.Equal(new DateTime(2026, 11, 28, 5, 0, 0, DateTimeKind.Utc), status.NextAt); // Six o'clock in Berlin.
        Assert.Equal(JobOutcome.Done, status.LastRun!.Outcome);
    }

    [Theory, OnBothDatabases]
    public async Task A_failure_is_logged_and_a_person_may_ask_for_another_run(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var kernel = await StartAsync(provider, clock);
        await kernel.Get<JobRunner>().RegisterAsync(Cancellation);
        kernel.Get<Tally>().Fails = true;
        Assert.True(await RequestAsync(kernel));
        Assert.Equal(1, await RunDueAsync(kernel));
        kernel.Get<Tally>().Fails = false;
        Assert.True(await RequestAsync(kernel));
        Assert.Equal(1, await RunDueAsync(kernel));
        var runs = await kernel.InScopeAsync(s => s.GetRequiredService<JobOverview>().RunsAsync("tests.daily", 0, 10, Cancellation));
        Assert.Equal([JobOutcome.Done, JobOutcome.Failed], runs.Select(r => r.Outcome));
        Assert.Contains("told to fail", runs[1].Error, StringComparison.Ordinal);
        Assert.All(runs, run => Assert.True(run.IsManual));
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_run_a_job_once(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var first = await StartAsync(provider, clock);
        await using var second = TestKernel.On(first.Database, new() { Clock = clock, Register = Register });
        await first.Get<JobRunner>().RegisterAsync(Cancellation);
        clock.Advance(TimeSpan.FromDays(1));
        var gate = first.Get<Tally>().Gate = new TaskCompletionSource();
        var running = await first.Get<JobRunner>().StartDueAsync(Cancellation);
        var others = await second.Get<JobRunner>().StartDueAsync(Cancellation);
        Assert.NotEmpty(running);
        gate.SetResult();
        await Task.WhenAll([.. running, .. others]);
        Assert.Equal((1, 0), (first.Get<Tally>().Runs, second.Get<Tally>().Runs));
    }

    [Theory, OnBothDatabases]
    public async Task A_failed_run_is_tried_again_soon_and_not_for_ever(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var kernel = await StartAsync(provider, clock);
        await kernel.Get<JobRunner>().RegisterAsync(Cancellation);
        kernel.Get<Tally>().Fails = true;
        clock.Advance(TimeSpan.FromHours(9)); // Six in Berlin.
        Assert.Equal(1, await RunDueAsync(kernel));
        foreach (var minutes in (int[])[1, 5, 15, 30, 60])
        {
            clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await RunDueAsync(kernel));
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await RunDueAsync(kernel));
        }

        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, await RunDueAsync(kernel));
        kernel.Get<Tally>().Fails = false;
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await RunDueAsync(kernel));
        Assert.Equal(1, kernel.Get<Tally>().Runs);
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_that_ran_ahead_and_was_set_right_delays_no_job(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var kernel = await StartAsync(provider, clock);
        await kernel.Get<JobRunner>().RegisterAsync(Cancellation);
        clock.AdjustTime(clock.GetUtcNow().AddYears(1));
        Assert.Equal(1, await RunDueAsync(kernel));
        clock.AdjustTime(clock.GetUtcNow().AddYears(-1));
        Assert.Equal(1, await RunDueAsync(kernel)); // Due in a year: nonsense, so now, and from then on by the clock.
        Assert.Equal(0, await RunDueAsync(kernel));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await RunDueAsync(kernel));
    }

    [Theory, OnBothDatabases]
    public async Task A_node_that_died_at_it_leaves_the_job_to_the_next(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
        await using var first = await StartAsync(provider, clock);
        await using var second = TestKernel.On(first.Database, new() { Clock = clock, Register = Register });
        await first.Get<JobRunner>().RegisterAsync(Cancellation);
        clock.Advance(TimeSpan.FromDays(1));
        using var death = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        first.Get<Tally>().Gate = new TaskCompletionSource();
        var dying = await first.Get<JobRunner>().StartDueAsync(death.Token);
        await StartedAsync(first);
        Assert.Equal(0, await RunDueAsync(second));
        clock.AdjustTime(clock.GetUtcNow().AddMinutes(2)); // The lease is over; its renewal, on the other clock, never came.
        Assert.Equal(1, await RunDueAsync(second));
        var runs = await second.InScopeAsync(s => s.GetRequiredService<JobOverview>().RunsAsync("tests.daily", 0, 10, Cancellation));
        Assert.Equal([JobOutcome.Done, JobOutcome.Interrupted], runs.Select(r => r.Outcome));
        first.Get<Tally>().Gate!.SetResult();
        await Task.WhenAll(dying);
        Assert.Equal(JobOutcome.Done, (await second.InScopeAsync(s => s.GetRequiredService<JobOverview>().RunsAsync("tests.daily", 0, 1, Cancellation)))[0].Outcome);
    }

    // What a node that dies now leaves behind: its lease and its running entry.
    private static async Task StartedAsync(TestKernel kernel)
    {
        await using var db = kernel.OpenDb();
        await Patience.UntilAsync(() => db.Set<JobRun>().AnyAsync(r => r.Job == "tests.daily" && r.Outcome == JobOutcome.Running, Cancellation), Cancellation);
    }

    private static Task<TestKernel> StartAsync(DatabaseProvider provider, FakeTimeProvider clock)
        => TestKernel.StartAsync(provider, new() { Clock = clock, Register = Register });

    private static void Register(ModuleBuilder module)
    {
        module.Services.AddSingleton<Tally>();
        module.AddJob<Daily>("tests.daily", "0 6 * * *");
    }

    private static Task<bool> RequestAsync(TestKernel kernel)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<JobOverview>().RequestAsync("tests.daily", Cancellation));

    private static async Task<int> RunDueAsync(TestKernel kernel)
    {
        var before = kernel.Get<Tally>().Started;
        await Task.WhenAll(await kernel.Get<JobRunner>().StartDueAsync(Cancellation));
        return kernel.Get<Tally>().Started - before;
    }

    private sealed class Tally
    {
        public int Started { get; set; }

        public int Runs { get; set; }

        public bool Fails { get; set; }

        public TaskCompletionSource? Gate { get; set; }
    }

    private sealed class Daily(Tally tally) : IJob
    {
        public async Task RunAsync(CancellationToken cancellation)
        {
            tally.Started++;
            if (tally.Fails)
            {
                throw new InvalidOperationException("told to fail");
            }

            if (tally.Gate is { } gate)
            {
                await gate.Task;
            }

            tally.Runs++;
        }
    }
}
