using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.LiveStates;

public sealed class ClusterTests
{
    private const int Grains = 40;

    [Fact]
    public async Task When_a_node_is_killed_its_grains_answer_from_the_other()
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(TimeSpan.FromMinutes(5));
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.PostgreSQL);
        await using var first = Start(kernel.Database, "first");
        Assert.Equal("ready", await first.ReadLineAsync(guard.Token));
        await using var second = Start(kernel.Database, "second");
        Assert.Equal("ready", await second.ReadLineAsync(guard.Token));

        // Until both know of each other, all new grains land on the first.
        var shared = "";
        await UntilAsync(async round => (await WhereAsync(first, shared = $"round{round}", guard.Token)).Contains(second.ProcessId), guard.Token);
        Assert.Equal("listening", await second.AskAsync("listen board:a", guard.Token));
        await UntilAsync(async _ => await first.AskAsync("publish board:a hello", guard.Token) == "published", guard.Token);
        Assert.Equal("board:a hello", await second.ReadLineAsync(guard.Token));

        await second.KillAsync(guard.Token);
        await UntilAsync(async _ => (await WhereAsync(first, shared, guard.Token)).All(p => p == first.ProcessId), guard.Token);

        await using var third = Start(kernel.Database, "third");
        Assert.Equal("ready", await third.ReadLineAsync(guard.Token));
        Assert.All(await WhereAsync(third, shared, guard.Token), p => Assert.Equal(first.ProcessId, p));
    }

    private static TestNode Start(ScratchDatabase database, string name)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        var folder = Directory.CreateDirectory(Path.Combine(database.Folder, name)).FullName;
        return TestNode.Start("live", database, folder, "Live:Clustered=true", $"Live:Port={port}", "Live:ProbeEvery=00:00:01");
    }

    /// <summary>The process each of some grains lives in; 0 where it did not answer.</summary>
    private static async Task<List<int>> WhereAsync(TestNode node, string prefix, CancellationToken cancellation)
    {
        var places = new List<int>();
        for (var i = 0; i < Grains; i++)
        {
            places.Add(int.TryParse(await node.AskAsync($"where {prefix}-{i}", cancellation), CultureInfo.InvariantCulture, out var process) ? process : 0);
        }

        return places;
    }

    private static async Task UntilAsync(Func<int, Task<bool>> condition, CancellationToken cancellation)
    {
        for (var round = 0; !await condition(round); round++)
        {
            await Patience.BreatheAsync(cancellation);
        }
    }
}
