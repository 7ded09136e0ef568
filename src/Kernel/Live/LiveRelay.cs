using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Plenum.Kernel.Live;

/// <summary>A node as the others see it.</summary>
internal interface ILiveNode : IGrainService
{
    [OneWay]
    Task DeliverAsync(string topic, byte[] payload);
}

/// <summary>Takes what other nodes published to the sessions of this one. Holds nothing.</summary>
internal sealed class LiveNode(GrainId id, Silo silo, ILoggerFactory log, LiveTopics topics) : GrainService(id, silo, log), ILiveNode
{
    public Task DeliverAsync(string topic, byte[] payload)
    {
        topics.Deliver(topic, payload);
        return Task.CompletedTask;
    }
}

/// <summary>Sends a message once to every other node. One that is just dying misses it, with its sessions.</summary>
internal sealed partial class LiveRelay(IServiceProvider services, IClusterMembershipService cluster, ILocalSiloDetails self, ILogger<LiveRelay> log)
    : GrainServiceClient<ILiveNode>(services)
{
    public void Broadcast(string topic, ReadOnlyMemory<byte> payload)
    {
        byte[]? octets = null;
        foreach (var (address, member) in cluster.CurrentSnapshot.Members)
        {
            if (member.Status == SiloStatus.Active && !address.Equals(self.SiloAddress))
            {
                _ = SendAsync(address, topic, octets ??= payload.ToArray());
            }
        }
    }

    private async Task SendAsync(SiloAddress address, string topic, byte[] octets)
    {
        try
        {
            await GetGrainService(address).DeliverAsync(topic, octets);
        }
        catch (Exception failed)
        {
            LogFailed(failed, address);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live message did not reach the node {Node}")]
    private partial void LogFailed(Exception failed, SiloAddress node);
}
