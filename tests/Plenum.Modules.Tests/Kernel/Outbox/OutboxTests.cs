using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Outboxes;

public sealed class OutboxTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Every_handler_hears_every_committed_event_once_and_in_order(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register });
        await kernel.StartServiceAsync<OutboxDispatcher>();
        foreach (var number in Enumerable.Range(1, 60))
        {
            await CountAsync(kernel, number);
        }

        await EmptyAsync(kernel, expectedDead: 0);
        Assert.Equal(Enumerable.Range(1, 60).Select(n => $"first {n}"), await HandledAsync(kernel, "first"));
        Assert.Equal(Enumerable.Range(1, 60).Select(n => $"second {n}"), await HandledAsync(kernel, "second"));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_rolled_back_never_happened(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register });
        await using (var db = kernel.OpenDb())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            kernel.Get<Outbox>().Add(db, new Counted(99));
            await db.SaveChangesAsync(Cancellation);
        }

        await CountAsync(kernel, 1);
        await kernel.StartServiceAsync<OutboxDispatcher>();
        await EmptyAsync(kernel, expectedDead: 0);
        Assert.Equal(["first 1"], await HandledAsync(kernel, "first"));
    }

    [Theory, OnBothDatabases]
    public async Task A_failing_handler_is_tried_again_and_holds_up_no_other(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register });
        await kernel.StartServiceAsync<OutboxDispatcher>();
        kernel.Get<Stumble>().Left[2] = 2;
        await CountAsync(kernel, 1);
        await CountAsync(kernel, 2);
        await CountAsync(kernel, 3);
        await EmptyAsync(kernel, expectedDead: 0);
        Assert.Equal(["first 1", "first 2", "first 3"], await HandledAsync(kernel, "first"));
        Assert.Equal(["second 1", "second 2", "second 3"], await HandledAsync(kernel, "second"));
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_keep_the_order()
    {
        await using var first = await TestKernel.StartAsync(DatabaseProvider.PostgreSQL, new() { Register = Register });
        await using var second = TestKernel.On(first.Database, new() { Register = Register });
        await first.StartServiceAsync<OutboxDispatcher>();
        await second.StartServiceAsync<OutboxDispatcher>();
        for (var number = 1; number <= 200; number++)
        {
            await CountAsync(number % 2 == 0 ? first : second, number);
        }

        await EmptyAsync(first, expectedDead: 0);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => $"first {n}"), await HandledAsync(first, "first"));
        Assert.Equal(Enumerable.Range(1, 200).Select(n => $"second {n}"), await HandledAsync(first, "second"));
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_that_jumps_delays_no_event(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register, Clock = clock });
        clock.AdjustTime(clock.GetUtcNow().AddYears(1));
        kernel.Get<Stumble>().Left[1] = 1;
        await CountAsync(kernel, 1);
        await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation); // Fails once, and waits by the wrong clock.
        await CountAsync(kernel, 2);
        clock.AdjustTime(clock.GetUtcNow().AddYears(-1));
        await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        Assert.Equal(["first 1", "first 2"], await HandledAsync(kernel, "first"));
        Assert.Equal(["second 1", "second 2"], await HandledAsync(kernel, "second"));
    }

    [Theory, OnBothDatabases]
    public async Task What_always_fails_is_put_aside_and_can_be_tried_again(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = Register, Clock = clock });
        kernel.Get<Stumble>().Left[1] = OutboxDispatcher.MaxAttempts + 1;
        await CountAsync(kernel, 1);
        await CountAsync(kernel, 2);
        for (var attempt = 0; attempt < OutboxDispatcher.MaxAttempts; attempt++)
        {
            await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        Assert.Equal(["first 2"], await HandledAsync(kernel, "first"));
        var dead = Assert.Single(await kernel.InScopeAsync(s => s.GetRequiredService<OutboxOverview>().DeadLettersAsync(0, 10, Cancellation)));
        Assert.Contains("stumbled", dead.Error, StringComparison.Ordinal);
        Assert.True(await kernel.InScopeAsync(s => s.GetRequiredService<OutboxOverview>().RetryAsync(dead.EventId, dead.Handler, Cancellation)));
        await kernel.Get<OutboxDispatcher>().DrainAsync(Cancellation);
        Assert.Equal(["first 2", "first 1"], await HandledAsync(kernel, "first"));
    }

    private static void Register(ModuleBuilder module)
    {
        module.Services.AddSingleton<Stumble>();
        module.AddEvent<Counted>("tests.counted").AddEventHandler<Counted, First>("tests.first").AddEventHandler<Counted, Second>("tests.second");
    }

    private static async Task CountAsync(TestKernel kernel, int number)
    {
        await using var db = kernel.OpenDb();
        kernel.Get<Outbox>().Add(db, new Counted(number));
        await db.SaveChangesAsync(Cancellation);
    }

    private static async Task EmptyAsync(TestKernel kernel, int expectedDead)
    {
        await Patience.UntilAsync(() => kernel.InScopeAsync(async s => (await s.GetRequiredService<OutboxOverview>().QueuesAsync(Cancellation)).Sum(q => q.Pending) == 0), Cancellation);
        Assert.Equal(expectedDead, await kernel.InScopeAsync(async s => (await s.GetRequiredService<OutboxOverview>().DeadLettersAsync(0, 10, Cancellation)).Count));
    }

    private static async Task<List<string>> HandledAsync(TestKernel kernel, string who)
    {
        await using var db = kernel.OpenDb();
        return await db.Set<AuditEntry>().Where(e => e.Action == "tests." + who).OrderBy(e => e.Id).Select(e => e.Subject).ToListAsync(Cancellation);
    }

    private sealed record Counted(int Number);

    private sealed class Stumble
    {
        public ConcurrentDictionary<int, int> Left { get; } = new();
    }

    private sealed class First(PlenumDb db, Audit audit, Stumble stumble) : IEventHandler<Counted>
    {
        public async Task HandleAsync(Counted happened, CancellationToken cancellation)
        {
            audit.Record(db, null, "tests.first", $"first {happened.Number}");
            await db.SaveChangesAsync(cancellation);
            if (stumble.Left.AddOrUpdate(happened.Number, 0, (_, left) => left - 1) > 0)
            {
                throw new InvalidOperationException("stumbled");
            }
        }
    }

    private sealed class Second(PlenumDb db, Audit audit) : IEventHandler<Counted>
    {
        public Task HandleAsync(Counted happened, CancellationToken cancellation)
        {
            audit.Record(db, null, "tests.second", $"second {happened.Number}");
            return Task.CompletedTask;
        }
    }
}
