using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Mail.Sending;

/// <summary>The one host that takes all our mail, where Mail:SmartHost names it.</summary>
internal sealed class SmartHost(IOptions<MailOptions> options)
{
    private const int DefaultPort = 587;

    public bool IsOn => options.Value.SmartHost.Length > 0;

    public OutgoingTls Tls => options.Value.SmartHostTls;

    /// <summary>Reads "host", "host:port" or "[address]:port".</summary>
    public static bool TryParse(string text, out string host, out int port)
    {
        (host, port) = (text, DefaultPort);
        if (IPEndPoint.TryParse(text, out var end))
        {
            (host, port) = (end.Address.ToString(), end.Port == 0 ? DefaultPort : end.Port);
            return true;
        }

        if (text.LastIndexOf(':') is > 0 and var colon)
        {
            host = text[..colon];
            return int.TryParse(text[(colon + 1)..], out port) && port is > 0 and <= 65_535 && Uri.CheckHostName(host) is UriHostNameType.Dns;
        }

        return Uri.CheckHostName(text) is UriHostNameType.Dns;
    }

    public async Task<Route> FindAsync(CancellationToken cancellation)
    {
        if (!TryParse(options.Value.SmartHost, out var host, out var port))
        {
            return Route.No("4.4.3", "There is no smart host");
        }

        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellation); // The system's resolver: it may stand in /etc/hosts.
            return addresses.Length > 0
                ? new() { Hosts = [.. addresses.Select(a => new RouteHost(host, a, port))] }
                : Route.No("4.4.3", $"The smart host {host} has no address");
        }
        catch (SocketException unknown)
        {
            return Route.No("4.4.3", $"The smart host {host} cannot be found: {unknown.Message}");
        }
    }

    /// <summary>Signs in where a login is set, with the best mechanism both know.</summary>
    /// <returns>The refusal, or null.</returns>
    public async Task<SmtpReply?> SignInAsync(OutgoingConnection connection, CancellationToken cancellation)
    {
        var (login, password) = (options.Value.SmartHostLogin, options.Value.SmartHostPassword);
        if (login.Length == 0)
        {
            return null;
        }

        var offered = connection.Client.Extensions.Mechanisms;
        SaslClient? exchange = offered.Contains("SCRAM-SHA-256") ? new ScramClient(login, password, ScramHash.Sha256)
            : offered.Contains("SCRAM-SHA-1") ? new ScramClient(login, password, ScramHash.Sha1)
            : offered.Contains("PLAIN") && (connection.IsEncrypted || IPAddress.IsLoopback(connection.Host.Address)) ? new PlainClient(login, password)
            : null;
        if (exchange is null)
        {
            return new(454, "4.7.0", "The smart host offers no sign-in that is safe here");
        }

        var reply = await connection.Client.SignInAsync(exchange, cancellation);
        return reply.IsPositive ? null : reply;
    }
}
