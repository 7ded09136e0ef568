namespace Plenum.Mail.Receiving;

/// <summary>A message on its way to the store: our lines, its header, its body, with somebody looking on at the body.</summary>
internal sealed class ArrivingStream(IReadOnlyList<ReadOnlyMemory<byte>> head, ReadOnlyMemory<byte> bodyStart, Stream rest, SenderCheck? witness) : Stream
{
    private int _piece;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_piece <= head.Count)
        {
            var piece = (_piece < head.Count ? head[_piece] : bodyStart)[_at..];
            if (piece.Length > 0)
            {
                var length = Math.Min(piece.Length, buffer.Length);
                piece[..length].CopyTo(buffer);
                _at += length;
                return Seen(buffer.Span[..length], isBody: _piece == head.Count);
            }

            _piece++;
            _at = 0;
        }

        var read = await rest.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span[..read], isBody: true);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Seen(ReadOnlySpan<byte> octets, bool isBody)
    {
        if (isBody)
        {
            witness?.Append(octets);
        }

        return octets.Length;
    }
}
