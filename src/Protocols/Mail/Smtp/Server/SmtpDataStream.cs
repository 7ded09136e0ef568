namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The content of DATA as a stream that ends where CRLF.CRLF stands. Never holds more than a buffer of it.</summary>
internal sealed class SmtpDataStream(SmtpWire wire, SmtpServerOptions options) : SmtpContentStream
{
    private readonly SmtpDataDecoder _decoder = new();
    private readonly byte[] _pair = new byte[2];
    private long _length;
    private int _carried;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length >= 2 && _carried == 0)
        {
            return await DecodeAsync(buffer);
        }

        // The decoder yields CRLF at once; who asks for a single octet gets the second one next time.
        if (buffer.Length > 0 && _carried == 0)
        {
            _carried = await DecodeAsync(_pair);
        }

        var taken = Math.Min(_carried, buffer.Length);
        _pair.AsMemory(0, taken).CopyTo(buffer);
        _pair[0] = _pair[1];
        _carried -= taken;
        return taken;
    }

    private async ValueTask<int> DecodeAsync(Memory<byte> buffer)
    {
        while (!_decoder.IsComplete)
        {
            var input = await wire.ReadAsync(options.DataTimeout);
            var used = 0L;
            var written = 0;
            foreach (var segment in input)
            {
                var taken = _decoder.Decode(segment.Span, buffer.Span[written..], out var more);
                used += taken;
                written += more;
                if (taken < segment.Length)
                {
                    break;
                }
            }

            wire.Input.AdvanceTo(input.GetPosition(used));
            _length += written;
            Check();
            if (written > 0)
            {
                return written;
            }
        }

        Check();
        return 0;
    }

    /// <summary>Reads on to the end after a refusal, keeping nothing.</summary>
    /// <returns>The refusal that the content itself deserves, or null.</returns>
    public async ValueTask<SmtpReply?> DrainAsync()
    {
        var waste = new byte[16 * 1024];
        while (!_decoder.IsComplete)
        {
            try
            {
                await DecodeAsync(waste);
            }
            catch (SmtpContentException)
            {
                // Known already; the end is still to be found.
            }
        }

        return Fault;
    }

    private SmtpReply? Fault => _decoder.HasBareLineEnd ? SmtpReplies.BareLineEnd
        : _length > options.MaxMessageBytes ? SmtpReplies.TooLarge(options.MaxMessageBytes)
        : null;

    private void Check()
    {
        if (Fault is { } fault)
        {
            throw new SmtpContentException(fault);
        }
    }
}
