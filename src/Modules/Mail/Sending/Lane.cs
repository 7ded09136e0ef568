using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Plenum.Mail.Queue;

namespace Plenum.Mail.Sending;

/// <summary>
/// All mail on its way to one destination: a backlog and a few connections that take from it. Starts with one and opens the next while the
/// backlog stands and the last one worked, so a small host is not overrun and a large one is used.
/// </summary>
/// <param name="stopping">No further message is begun.</param>
/// <param name="hard">What is under way is broken off.</param>
internal sealed partial class Lane(
    string name, int maxConnections, Consignor consignor, OutcomeDesk outcomes, ILogger log, CancellationToken stopping, CancellationToken hard)
{
    private const int MaxMessagesPerConnection = 500; // Some hosts close after 100, and say 421 then; ours are balanced anew now and then.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2); // The next post of a lively board uses the same connection.
    private readonly Lock _lock = new();
    private readonly Channel<IReadOnlyList<LeasedCopy>> _backlog = Channel.CreateUnbounded<IReadOnlyList<LeasedCopy>>();
    private int _waiting;
    private int _connections;
    private int _lingering;

    public string Name => name;

    /// <summary>Copies that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>A transaction may be under way.</summary>
    public bool HasConnections => Volatile.Read(ref _connections) > 0;

    /// <summary>Nobody works on it and nothing waits.</summary>
    public bool IsIdle => !HasConnections && _backlog.Reader.Count == 0;

    /// <summary>Adds copies; those that are alike octet for octet share a transaction.</summary>
    public void Add(IReadOnlyList<LeasedCopy> copies)
    {
        foreach (var consignment in copies.GroupBy(c => (c.Message.Id, c.ReturnPath, c.Headers)))
        {
            foreach (var part in consignment.Chunk(Consignor.MaxRecipients))
            {
                Put(part);
            }
        }

        StartIfNone();
    }

    private void Put(IReadOnlyList<LeasedCopy> consignment)
    {
        if (consignment.Count > 0)
        {
            Interlocked.Add(ref _waiting, consignment.Count);
            _backlog.Writer.TryWrite(consignment);
        }
    }

    private IReadOnlyList<LeasedCopy>? Take()
    {
        if (stopping.IsCancellationRequested || !_backlog.Reader.TryRead(out var consignment))
        {
            return null;
        }

        Interlocked.Add(ref _waiting, -consignment.Count);
        return consignment;
    }

    private void StartIfNone()
    {
        lock (_lock)
        {
            if (_connections == 0 && _backlog.Reader.Count > 0 && !stopping.IsCancellationRequested)
            {
                Start();
            }
        }
    }

    private void Grow()
    {
        lock (_lock)
        {
            if (_backlog.Reader.Count > _connections && _connections < maxConnections && Volatile.Read(ref _lingering) == 0)
            {
                Start();
            }
        }
    }

    private void Start()
    {
        _connections++;
        _ = Task.Run(WorkAsync, CancellationToken.None);
    }

    private async Task WorkAsync()
    {
        OutgoingConnection? connection = null;
        try
        {
            while (await NextAsync(mayLinger: connection is not null) is { } consignment)
            {
                if (connection is { HasHungUp: true })
                {
                    await connection.DisposeAsync();
                    connection = null;
                }

                if (connection is null)
                {
                    (connection, var trouble) = await consignor.OpenAsync(name, hard);
                    if (connection is null)
                    {
                        await GiveUpAsync(consignment, trouble!);
                        return;
                    }
                }

                var (results, leftOver, isBroken) = await consignor.SendAsync(connection, consignment, hard);
                await outcomes.RecordAsync(results);
                Put(leftOver);
                if (isBroken || ++connection.Messages >= MaxMessagesPerConnection)
                {
                    await (isBroken ? connection.DisposeAsync() : connection.QuitAsync());
                    connection = null;
                }
                else
                {
                    Grow();
                }
            }
        }
        catch (OperationCanceledException) when (hard.IsCancellationRequested)
        {
            // What is still leased is given back by the next start.
        }
        catch (Exception failed)
        {
            LogFailed(failed, name);
        }
        finally
        {
            if (connection is not null)
            {
                await connection.QuitAsync();
            }

            lock (_lock)
            {
                _connections--;
            }

            StartIfNone(); // Something may have been added while the last one was leaving.
        }
    }

    private async ValueTask<IReadOnlyList<LeasedCopy>?> NextAsync(bool mayLinger)
    {
        var next = Take();
        if (next is not null || !mayLinger || stopping.IsCancellationRequested)
        {
            return next;
        }

        Interlocked.Increment(ref _lingering);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Linger);
        try
        {
            await _backlog.Reader.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _lingering);
        }

        return Take();
    }

    // With no other connection up, the rest of the backlog would only hear the same: it is put off without being tried one by one.
    private async Task GiveUpAsync(IReadOnlyList<LeasedCopy> consignment, Func<LeasedCopy, CopyOutcome> trouble)
    {
        if (Volatile.Read(ref _connections) > 1)
        {
            Put(consignment); // The others go on; this connection was one too many.
            return;
        }

        List<LeasedCopy> all = [.. consignment];
        while (Take() is { } more)
        {
            all.AddRange(more);
        }

        await outcomes.RecordAsync([.. all.Select(trouble)]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The lane to {Destination} failed")]
    private partial void LogFailed(Exception failed, string destination);
}
