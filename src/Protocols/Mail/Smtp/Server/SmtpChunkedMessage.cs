using System.Buffers;
using System.IO.Pipelines;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>A message that comes in BDAT chunks (RFC 3030): whoever takes it reads one stream while the chunks arrive one by one.</summary>
internal sealed class SmtpChunkedMessage : SmtpContentStream
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 128 * 1024, resumeWriterThreshold: 64 * 1024, useSynchronizationContext: false));
    private readonly CrLfGuard _guard = new();
    private readonly long _maxBytes;
    private readonly Task<SmtpReply> _receiving;
    private long _length;

    /// <param name="receive">Starts at once and reads this stream.</param>
    public SmtpChunkedMessage(long maxBytes, Func<Stream, Task<SmtpReply>> receive)
    {
        _maxBytes = maxBytes;
        _receiving = Task.Run(() => receive(this));
    }

    /// <summary>The reply is known before the last chunk: a refusal, which all further chunks get.</summary>
    public bool IsDecided => Fault is not null || _receiving.IsCompleted;

    public Task<SmtpReply> Receiving => _receiving;

    private SmtpReply? Fault => _guard.HasBareLineEnd ? SmtpReplies.BareLineEnd : _length > _maxBytes ? SmtpReplies.TooLarge(_maxBytes) : null;

    /// <summary>Takes one chunk from the wire, exactly its octets. What comes after a refusal is dropped.</summary>
    public async ValueTask TakeAsync(SmtpWire wire, long size, TimeSpan timeout)
    {
        while (size > 0)
        {
            var input = await wire.ReadAsync(timeout);
            var piece = input.Slice(0, Math.Min(size, input.Length));
            _length += piece.Length;
            foreach (var segment in piece)
            {
                _guard.Append(segment.Span);
            }

            if (Fault is null && !IsDecided)
            {
                foreach (var segment in piece)
                {
                    await _pipe.Writer.WriteAsync(segment); // Waits while the reader is behind; returns at once when it has gone.
                }
            }

            size -= piece.Length;
            wire.Input.AdvanceTo(piece.End);
        }

        if (Fault is { } fault)
        {
            await _pipe.Writer.CompleteAsync(new SmtpContentException(fault));
        }
    }

    /// <summary>The last chunk was taken.</summary>
    public async ValueTask<SmtpReply> FinishAsync()
    {
        _guard.Finish();
        await _pipe.Writer.CompleteAsync(Fault is { } fault ? new SmtpContentException(fault) : null);
        return await _receiving;
    }

    /// <summary>The transaction was given up; whoever reads sees an error and keeps nothing.</summary>
    public async ValueTask AbortAsync()
    {
        await _pipe.Writer.CompleteAsync(new SmtpContentException(SmtpReplies.NotInTransaction));
        await ((Task)_receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _pipe.Reader.ReadAsync(cancellationToken);
        var piece = read.Buffer.Slice(0, Math.Min(buffer.Length, read.Buffer.Length));
        piece.CopyTo(buffer.Span);
        _pipe.Reader.AdvanceTo(piece.End);
        return (int)piece.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pipe.Reader.Complete();
        }

        base.Dispose(disposing);
    }
}
