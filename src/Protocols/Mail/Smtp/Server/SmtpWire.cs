using System.Buffers;
using System.IO.Pipelines;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The client said nothing for too long.</summary>
internal sealed class SmtpTimeoutException : SmtpInterruptedException;

/// <summary>The client hung up.</summary>
internal sealed class SmtpHangUpException : SmtpInterruptedException;

/// <summary>The octets of one connection: reading with a time limit, writing that is flushed when there is nothing more to read.</summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private readonly CancellationTokenSource _over;
    private readonly CancellationToken _stopping;
    private readonly ITimer _timer;
    private readonly SmtpLineReader _lines = new();
    private IDuplexPipe _pipe;

    public SmtpWire(IDuplexPipe pipe, TimeProvider time, CancellationToken stopping)
    {
        _pipe = pipe;
        _stopping = stopping;
        _over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _timer = time.CreateTimer(static over => ((CancellationTokenSource)over!).Cancel(), _over, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IDuplexPipe Pipe => _pipe;

    public PipeReader Input => _pipe.Input;

    public void Write(SmtpReply reply) => reply.WriteTo(_pipe.Output);

    public async ValueTask FlushAsync(TimeSpan timeout)
    {
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        try
        {
            await _pipe.Output.FlushAsync(_over.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            throw new SmtpTimeoutException();
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Reads what is there, or flushes what was written and waits.</summary>
    /// <exception cref="SmtpHangUpException">There is nothing more.</exception>
    /// <exception cref="SmtpTimeoutException">Nothing came in time.</exception>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async ValueTask<ReadOnlySequence<byte>> ReadAsync(TimeSpan timeout)
    {
        if (!Input.TryRead(out var read))
        {
            await FlushAsync(timeout);
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
            try
            {
                read = await Input.ReadAsync(_over.Token);
            }
            catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
            {
                throw new SmtpTimeoutException();
            }
            finally
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        if (read.Buffer.IsEmpty)
        {
            Input.AdvanceTo(read.Buffer.End);
            throw new SmtpHangUpException();
        }

        return read.Buffer;
    }

    /// <summary>Reads one line and makes something of it while its octets are at hand.</summary>
    public async ValueTask<T> ReadLineAsync<T>(int maxLength, TimeSpan timeout, Func<ReadOnlySequence<byte>, bool, T> read)
    {
        for (var last = -1L; ;)
        {
            var buffer = await ReadAsync(timeout);
            var length = buffer.Length;
            if (_lines.TryRead(ref buffer, maxLength, out var line, out var isTooLong))
            {
                var result = read(line, isTooLong);
                Input.AdvanceTo(buffer.Start);
                return result;
            }

            Input.AdvanceTo(buffer.Start, buffer.End);
            if (length == last)
            {
                throw new SmtpHangUpException(); // A line was begun and the connection ended: more than this will not come.
            }

            last = buffer.Length;
        }
    }

    /// <summary>Throws away what came before the handshake, so that nothing said in the clear counts afterwards (CVE-2011-0411).</summary>
    public void DropUnread()
    {
        while (Input.TryRead(out var read))
        {
            Input.AdvanceTo(read.Buffer.End);
            if (read.Buffer.IsEmpty)
            {
                return;
            }
        }
    }

    public void Replace(IDuplexPipe pipe) => _pipe = pipe;

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _over.Dispose();
    }
}
