using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plenum.Testing;

/// <summary>Ports for servers of tests: below those the system hands out by itself, above those of <see cref="PlenumProcess"/>, and never one twice in a process.</summary>
public static class FreePorts
{
    private const int First = 24_000;
    private const int Count = 8_000;
    private static int _last = Random.Shared.Next(Count); // Other test processes begin elsewhere.

    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No free ports.");
    }

    /// <summary>The same as a setting.</summary>
    public static string NextSetting() => Next().ToString(CultureInfo.InvariantCulture);

    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
