using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Plenum.Kernel.Listeners;

/// <summary>PROXY protocol version 2 (haproxy.org proxy-protocol.txt §2.2): a trusted balancer tells whom it speaks for.</summary>
internal static class ProxyProtocol
{
    private const int HeaderLength = 16;
    private const int MaxBody = 536; // §2.2: receivers must take at least this much; nobody sends more.

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header before anything else and puts the client's address in the place of the balancer's.</summary>
    /// <returns>False if the connection began with anything else and must be closed.</returns>
    public static async Task<bool> ReadAsync(ConnectionContext connection, CancellationToken cancellation)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            switch (TryRead(read.Buffer, out var end, out var client))
            {
                case Outcome.Complete:
                    input.AdvanceTo(end);
                    connection.RemoteEndPoint = client ?? connection.RemoteEndPoint; // LOCAL: the balancer's own health check.
                    return true;
                case Outcome.NeedsMore when !read.IsCompleted:
                    input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    break;
                default:
                    input.AdvanceTo(read.Buffer.Start);
                    return false;
            }
        }
    }

    internal static Outcome TryRead(ReadOnlySequence<byte> buffer, out SequencePosition end, out IPEndPoint? client)
    {
        (end, client) = (buffer.Start, null);
        Span<byte> header = stackalloc byte[HeaderLength];
        var there = (int)Math.Min(buffer.Length, HeaderLength);
        buffer.Slice(0, there).CopyTo(header);
        if (!header[..Math.Min(there, Signature.Length)].SequenceEqual(Signature[..Math.Min(there, Signature.Length)]))
        {
            return Outcome.Wrong;
        }

        if (there < HeaderLength)
        {
            return Outcome.NeedsMore;
        }

        var bodyLength = BinaryPrimitives.ReadUInt16BigEndian(header[14..]);
        if (header[12] >> 4 != 2 || (header[12] & 0xF) > 1 || bodyLength > MaxBody)
        {
            return Outcome.Wrong;
        }

        if (buffer.Length < HeaderLength + bodyLength)
        {
            return Outcome.NeedsMore;
        }

        Span<byte> body = stackalloc byte[MaxBody];
        buffer.Slice(HeaderLength, bodyLength).CopyTo(body);
        end = buffer.GetPosition(HeaderLength + bodyLength);
        var isProxied = (header[12] & 0xF) == 1;
        (var outcome, client) = (isProxied, header[13], bodyLength) switch
        {
            (false, _, _) => (Outcome.Complete, null),
            (true, 0x11, >= 12) => (Outcome.Complete, new IPEndPoint(new IPAddress(body[..4]), BinaryPrimitives.ReadUInt16BigEndian(body[8..]))),
            (true, 0x21, >= 36) => (Outcome.Complete, new IPEndPoint(new IPAddress(body[..16]), BinaryPrimitives.ReadUInt16BigEndian(body[32..]))),
            _ => (Outcome.Wrong, null),
        };
        return outcome;
    }

    internal enum Outcome
    {
        NeedsMore,
        Complete,
        Wrong,
    }
}
