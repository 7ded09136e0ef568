using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Outboxes;

/// <summary>A process writes numbers with an event each, handles them, and is killed by SIGKILL before and after every commit it makes.</summary>
public sealed class OutboxCrashTests
{
    private const int Killed = 137;
    private const int CommitsWhole = 6; // Three numbers: each written in one transaction and handled in another.

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Killed_at_any_commit_it_loses_nothing_and_doubles_nothing(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var acknowledged = new List<int>();
        var from = 0;
        foreach (var point in Enumerable.Range(1, CommitsWhole).SelectMany(n => (string[])[$"committing:{n}", $"committed:{n}"]).Append("never"))
        {
            await using var node = TestNode.Start("count", kernel.Database, kernel.Database.Folder, $"Node:Die={point}", $"Node:From={from}");
            var (exitCode, lines, errors) = await node.EndAsync(Cancellation);
            Assert.Equal((point, point == "never" ? 0 : Killed, ""), (point, exitCode, errors));
            acknowledged.AddRange(lines.Select(l => int.Parse(l, CultureInfo.InvariantCulture)));
            from += 10;
        }

        await using var db = kernel.OpenDb();
        var written = await SubjectsAsync(db, "node.written");
        Assert.Equal(written.Distinct(), written);
        Assert.Empty(acknowledged.Except(written));
        Assert.Equal(written.Order(), (await SubjectsAsync(db, "node.handled")).Order());
        Assert.InRange(written.Count, CommitsWhole, (2 * CommitsWhole * 3) + 3);
        Assert.Equal(0, (await new OutboxOverview(db, kernel.Get<OutboxSignal>(), TimeProvider.System).QueuesAsync(Cancellation)).Sum(q => q.Pending));
    }

    private static async Task<List<int>> SubjectsAsync(PlenumDb db, string action)
        => [.. (await db.Set<AuditEntry>().Where(e => e.Action == action).Select(e => e.Subject).ToListAsync(Cancellation)).Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
}
