using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;
using Plenum.Kernel.Listeners;

namespace Plenum.Operations.Doctor;

/// <summary>Beside a running server: does every port answer? Without one: are the ports free?</summary>
internal sealed class PortsProbe(Ports ports, DataFolder folder) : IHealthProbe
{
    private const string Area = "ports";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public HealthDepth Depth => HealthDepth.Doctor;

    public bool NeedsDatabase => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var runs = ServerLock.IsHeld(folder);
        var findings = new List<Finding> { new(Area, HealthState.Good, runs ? "health.ports.server-runs" : "health.ports.server-stands", folder.Root) };
        foreach (var (listener, port) in ports.All)
        {
            findings.Add(runs ? await AnswersAsync(listener, port, cancellation) : IsFree(listener, port));
        }

        return findings;
    }

    private async Task<Finding> AnswersAsync(ListenerRegistration listener, int port, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Patience);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(Reachable(ports.AddressOf(listener)), port, limited.Token);
            if (listener.Tls == ListenerTls.Implicit)
            {
                // Whether the certificate is a good one is another probe's question.
                await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) => certificate is not null);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limited.Token);
            }

            return new(Area, HealthState.Good, "health.ports.answers", listener.Name, port);
        }
        catch (Exception silent) when (silent is SocketException or IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new(Area, HealthState.Bad, "health.ports.silent", listener.Name, port, silent.Message);
        }
    }

    private Finding IsFree(ListenerRegistration listener, int port)
    {
        try
        {
            using var probe = new TcpListener(ports.AddressOf(listener), port);
            probe.Start();
            return new(Area, HealthState.Good, "health.ports.free", listener.Name, port);
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode == SocketError.AccessDenied
                ? new(Area, HealthState.Bad, "health.ports.forbidden", listener.Name, port)
                : new(Area, HealthState.Bad, "health.ports.taken", listener.Name, port);
        }
    }

    private static IPAddress Reachable(IPAddress bound) => bound.Equals(IPAddress.Any) ? IPAddress.Loopback : bound;
}
