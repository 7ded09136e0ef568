using System.Threading.Channels;
using Plenum.Kernel.Data;

namespace Plenum.Mail.Queue;

/// <summary>Wakes this node's queue the moment mail is committed.</summary>
public sealed class QueueBell(AfterCommit afterCommit)
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Mail was added to this context; its commit rings.</summary>
    public void Expect(PlenumDb db) => afterCommit.Do(db, Ring);

    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Waits until the bell rang since the last call.</summary>
    public async ValueTask HeardAsync(CancellationToken cancellation) => await _bell.Reader.ReadAsync(cancellation);
}
