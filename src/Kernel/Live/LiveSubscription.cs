using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Plenum.Kernel.Live;

/// <summary>One session's view of some topics. A slow one misses messages and is told so; it never holds up the others.</summary>
public sealed class LiveSubscription : IDisposable
{
    private const int Capacity = 64; // A second of a busy chat room; about 2 kB of references.
    private readonly Channel<LiveMessage> _messages = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Action<LiveSubscription> _leave;
    private int _hasMissed;

    internal LiveSubscription(IReadOnlyList<string> topics, Action<LiveSubscription> leave)
    {
        Topics = topics;
        _leave = leave;
    }

    public IReadOnlyList<string> Topics { get; }

    /// <summary>Messages from now on, until the subscription is disposed.</summary>
    public async IAsyncEnumerable<LiveMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellation))
        {
            yield return message;
            if (Interlocked.Exchange(ref _hasMissed, 0) != 0)
            {
                yield return LiveMessage.Gap;
            }
        }
    }

    public void Dispose()
    {
        _leave(this);
        _messages.Writer.TryComplete();
    }

    internal void Offer(LiveMessage message)
    {
        if (!_messages.Writer.TryWrite(message))
        {
            Volatile.Write(ref _hasMissed, 1);
        }
    }
}
