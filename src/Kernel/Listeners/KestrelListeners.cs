using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Listeners;

/// <summary>Opens every registered port on Kestrel: HTTP and the mail, chat and other protocols alike.</summary>
internal sealed class KestrelListeners(IServiceProvider services, Ports ports, Certificates certificates, ConnectionGate gate, IOptions<PortsOptions> options)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.ApplicationServices ??= services; // Kestrel sets it in a step that may come after this one; UseHttps needs it.
        _ = certificates.Current(); // A certificate that cannot be used stops the start, not the first handshake.
        foreach (var (listener, port) in ports.All)
        {
            Listen(options, listener, port);
        }
    }

    private void Listen(KestrelServerOptions kestrel, ListenerRegistration listener, int port)
    {
        void Set(ListenOptions listen)
        {
            listen.Use(next => connection => gate.PassAsync(listener.Name, connection, listener.Handler is not null, () => next(connection)));
            if (listener.Tls == ListenerTls.Implicit)
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificates.ServerOptions()) });
            }

            if (listener.Handler is { } handler)
            {
                var connections = (ConnectionHandler)ActivatorUtilities.GetServiceOrCreateInstance(services, handler);
                listen.Run(connections.OnConnectedAsync);
            }
            else
            {
                listen.Protocols = listener.Tls == ListenerTls.Implicit ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
            }
        }

        if (listener.LoopbackOnly)
        {
            kestrel.Listen(IPAddress.Loopback, port, Set);
        }
        else if (options.Value.Bind == "*")
        {
            kestrel.ListenAnyIP(port, Set);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(options.Value.Bind), port, Set);
        }
    }
}
