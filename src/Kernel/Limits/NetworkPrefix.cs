using System.Net;
using System.Net.Sockets;

namespace Plenum.Kernel.Limits;

/// <summary>The network an address belongs to, as far as abuse is counted: IPv4 /24, IPv6 /64 (what one customer gets).</summary>
public readonly record struct NetworkPrefix(UInt128 Value)
{
    public static NetworkPrefix Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            plain.TryWriteBytes(bytes[12..], out _);
            bytes[15] = 0;
            bytes[10] = bytes[11] = 0xFF;
        }
        else
        {
            plain.TryWriteBytes(bytes, out _);
            bytes[8..].Clear();
        }

        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
