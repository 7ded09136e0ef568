using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Listeners;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Smtp;

/// <summary>What all SMTP ports share.</summary>
internal sealed class SmtpDoors(
    IServiceScopeFactory scopes, MailNames names, MailLimits limits, Certificates certificates, IHostApplicationLifetime life, IOptions<MailOptions> options,
    TimeProvider clock, ILogger<SmtpDoors> log, IProtocolSignIn? accounts = null, IBearerSignIn? bearers = null)
{
    private static readonly string[] WithPassword = ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "PLAIN", "LOGIN"];
    private static readonly string[] WithToken = ["OAUTHBEARER", "XOAUTH2"];

    /// <summary>Serves a connection of another server.</summary>
    public Task RelayAsync(ConnectionContext connection) => ServeAsync(connection, MailOrigin.Relay, Options with { OffersStartTls = true });

    /// <summary>Serves a connection of a member's mail program.</summary>
    /// <param name="isEncrypted">TLS from the first octet (RFC 8314 §3.3).</param>
    public Task SubmitAsync(ConnectionContext connection, bool isEncrypted) => ServeAsync(connection, MailOrigin.Submission, Options with
    {
        OffersStartTls = !isEncrypted,
        IsEncrypted = isEncrypted,
        RequiresSignIn = true,
        Mechanisms = bearers is null ? WithPassword : [.. WithPassword, .. WithToken],
    });

    private SmtpServerOptions Options => new()
    {
        HostName = names.HostName,
        MaxMessageBytes = options.Value.MaxMessageBytes,
        MaxRecipients = options.Value.MaxRecipients,
    };

    private async Task ServeAsync(ConnectionContext connection, MailOrigin origin, SmtpServerOptions smtp)
    {
        var client = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        client = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        var handshake = connection.Features.Get<ITlsHandshakeFeature>();
        var cipher = handshake is null ? null : $"{handshake.Protocol} {handshake.NegotiatedCipherSuite}".Replace("Tls1", "TLS1.", StringComparison.Ordinal);
        var signIn = new SmtpSignInDesk(accounts ?? throw new InvalidOperationException("No module offers sign-in."), bearers, client);
        await using var policy = new SmtpDoorPolicy(origin, client, cipher, scopes, limits, certificates, signIn, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, connection.ConnectionClosed);
        MailMeters.Connected(origin);
        try
        {
            await new SmtpServerConnection(connection.Transport, policy, smtp, clock).RunAsync(stop.Token);
        }
        catch (Exception gone) when (gone is IOException or ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // The network's affair.
        }
    }
}

/// <summary>The port for other servers (RFC 5321).</summary>
internal sealed class RelayListener(SmtpDoors doors) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => doors.RelayAsync(connection);
}

/// <summary>The port for mail programs that start TLS themselves (RFC 6409).</summary>
internal sealed class SubmissionListener(SmtpDoors doors) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => doors.SubmitAsync(connection, isEncrypted: false);
}

/// <summary>The port for mail programs with TLS from the first octet (RFC 8314 §3.3).</summary>
internal sealed class SubmissionTlsListener(SmtpDoors doors) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => doors.SubmitAsync(connection, isEncrypted: true);
}
