using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Doctor;

/// <summary>Does the clock go right? One-time codes, certificates, mail and votes depend on it.</summary>
internal sealed class ClockProbe(PlenumDb db, IOptions<OperationsOptions> options, TimeProvider clock) : IHealthProbe
{
    private const string Area = "clock";
    private const int NtpPort = 123;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5); // A one-time code lives 30 s with one step of grace (RFC 6238 §5.2).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly DateTime NtpEpoch = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public HealthDepth Depth => HealthDepth.Doctor;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        if (db.IsPostgreSql)
        {
            findings.Add(await DatabaseAsync(cancellation));
        }

        if (options.Value.TimeServer.Length > 0)
        {
            findings.Add(await ServerAsync(options.Value.TimeServer, cancellation));
        }

        return findings;
    }

    private async Task<Finding> DatabaseAsync(CancellationToken cancellation)
    {
        try
        {
            var there = (await db.Database.SqlQuery<DateTime>($"SELECT clock_timestamp() AS \"Value\"").ToListAsync(cancellation)).Single();
            var apart = (clock.GetUtcNow().UtcDateTime - there.ToUniversalTime()).Duration();
            return apart < Tolerance ? new(Area, HealthState.Good, "health.clock.database", apart.TotalSeconds) : new(Area, HealthState.Bad, "health.clock.database-apart", apart.TotalSeconds);
        }
        catch (System.Data.Common.DbException)
        {
            return new(Area, HealthState.Unknown, "health.clock.database-silent");
        }
    }

    private async Task<Finding> ServerAsync(string server, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        try
        {
            var apart = await OffsetAsync(server, limited.Token);
            return apart.Duration() < Tolerance
                ? new(Area, HealthState.Good, "health.clock.right", server, apart.TotalSeconds)
                : new(Area, HealthState.Bad, "health.clock.wrong", server, apart.TotalSeconds);
        }
        catch (Exception silent) when (silent is SocketException or OperationCanceledException or InvalidDataException && !cancellation.IsCancellationRequested)
        {
            return new(Area, HealthState.Unknown, "health.clock.silent", server);
        }
    }

    /// <summary>Asks a time server once (SNTP, RFC 5905 §14).</summary>
    private async Task<TimeSpan> OffsetAsync(string server, CancellationToken cancellation)
    {
        using var socket = new UdpClient();
        var parts = server.Split(':');
        socket.Connect(parts[0], parts.Length == 2 && int.TryParse(parts[1], out var port) ? port : NtpPort);
        var packet = new byte[48];
        packet[0] = 0b00_100_011; // No warning, version 4, client.
        var sent = clock.GetUtcNow().UtcDateTime;
        await socket.SendAsync(packet, cancellation);
        var answer = (await socket.ReceiveAsync(cancellation)).Buffer;
        var received = clock.GetUtcNow().UtcDateTime;
        if (answer.Length < packet.Length || (answer[0] & 0b111) != 4 || answer[1] == 0)
        {
            throw new InvalidDataException("Not the answer of a time server, or it asks to be left alone.");
        }

        var (arrived, left) = (Read(answer, 32), Read(answer, 40));
        return ((arrived - sent) + (left - received)) / 2;
    }

    private static DateTime Read(byte[] packet, int offset)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(offset));
        var fraction = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(offset + 4));
        return NtpEpoch.AddSeconds(seconds + (seconds < 0x8000_0000 ? 4294967296.0 : 0)).AddSeconds(fraction / 4294967296.0); // The counter turns over in 2036.
    }
}
