using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.LiveStates;

public sealed class LiveTopicsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_listens_hears_its_topics_alone_and_nothing_after_leaving()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite);
        var topics = kernel.Get<LiveTopics>();
        var both = topics.Subscribe("board:a", "board:b");
        var one = topics.Subscribe("board:a");
        topics.Publish("board:a", "1"u8.ToArray());
        topics.PublishJson("board:b", new { Number = 2 });
        topics.Publish("board:c", "3"u8.ToArray());
        one.Dispose();
        topics.Publish("board:a", "4"u8.ToArray());
        both.Dispose();
        Assert.Equal(["board:a 1", "board:b {\"number\":2}", "board:a 4"], await ReadAsync(both));
        Assert.Equal(["board:a 1"], await ReadAsync(one));
    }

    [Fact]
    public async Task A_slow_listener_is_told_of_its_gap_and_holds_up_nobody()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite);
        var topics = kernel.Get<LiveTopics>();
        var slow = topics.Subscribe("room:1");
        for (var number = 0; number < 100; number++)
        {
            topics.Publish("room:1", Encoding.UTF8.GetBytes($"{number}"));
        }

        slow.Dispose();
        var heard = await ReadAsync(slow);
        Assert.Equal(65, heard.Count);
        Assert.Equal(["room:1 0", "gap", "room:1 1"], heard[..3]);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_rolled_back_is_told_to_nobody(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        using var subscription = kernel.Get<LiveTopics>().Subscribe("t:1");
        foreach (var commits in (bool[])[false, true])
        {
            await using var db = kernel.OpenDb();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            kernel.Get<LiveTopics>().PublishAfterCommit(db, "t:1", Encoding.UTF8.GetBytes($"{commits}"));
            await db.SaveChangesAsync(Cancellation);
            await (commits ? transaction.CommitAsync(Cancellation) : transaction.RollbackAsync(Cancellation));
        }

        subscription.Dispose();
        Assert.Equal(["t:1 True"], await ReadAsync(subscription));
    }

    [Fact]
    public async Task Many_come_and_go_while_others_publish()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite);
        var topics = kernel.Get<LiveTopics>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), Cancellation, async (number, _) =>
        {
            var subscription = topics.Subscribe("busy:1");
            topics.Publish("busy:1", Encoding.UTF8.GetBytes($"{number}"));
            subscription.Dispose();
            var heard = await ReadAsync(subscription);
            Assert.True(heard.Contains($"busy:1 {number}") || heard.Contains("gap"), "Neither the message came nor word that some were left out.");
        });
    }

    private static async Task<List<string>> ReadAsync(LiveSubscription subscription)
        => await subscription.ReadAllAsync(Cancellation).Select(m => m.IsGap ? "gap" : $"{m.Topic} {Encoding.UTF8.GetString(m.Payload.Span)}").ToListAsync(Cancellation);
}
