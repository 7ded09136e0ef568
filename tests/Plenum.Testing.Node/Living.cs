using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Plenum.Kernel.Live;

namespace Plenum.Testing.Node;

/// <summary>A grain that tells in which process it lives.</summary>
internal interface IWhereGrain : IGrainWithStringKey
{
    Task<int> WhereAsync();
}

internal sealed class WhereGrain : Grain, IWhereGrain
{
    public Task<int> WhereAsync() => Task.FromResult(Environment.ProcessId);
}

/// <summary>
/// A node of a cluster, spoken to by lines: "where KEY" answers the process a grain lives in, "listen TOPIC" tells what comes, "publish
/// TOPIC TEXT" publishes; the end of the input ends it.
/// </summary>
internal static class Living
{
    public static async Task<int> RunAsync(IHost host)
    {
        await host.StartAsync();
        Console.WriteLine("ready");
        var topics = host.Services.GetRequiredService<LiveTopics>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', 3);
            switch (words[0])
            {
                case "where":
                    await AnswerAsync(host, words[1]);
                    break;
                case "listen":
                    _ = ListenAsync(topics.Subscribe(words[1]));
                    Console.WriteLine("listening");
                    break;
                case "publish":
                    topics.Publish(words[1], Encoding.UTF8.GetBytes(words[2]));
                    Console.WriteLine("published");
                    break;
                default:
                    return 64;
            }
        }

        await host.StopAsync();
        return 0;
    }

    private static async Task AnswerAsync(IHost host, string key)
    {
        try
        {
            Console.WriteLine(await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IWhereGrain>(key).WhereAsync());
        }
        catch (Exception failed)
        {
            Console.WriteLine("failed " + failed.GetType().Name);
        }
    }

    private static async Task ListenAsync(LiveSubscription subscription)
    {
        await foreach (var message in subscription.ReadAllAsync(CancellationToken.None))
        {
            Console.WriteLine($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
        }
    }
}
