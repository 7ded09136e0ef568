using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Sending;

/// <summary>How TLS is used towards a host.</summary>
public enum OutgoingTls
{
    /// <summary>Never.</summary>
    None,

    /// <summary>STARTTLS where it is offered, whoever the certificate names: better than nothing (RFC 7435).</summary>
    WhenOffered,

    /// <summary>STARTTLS with a valid certificate, or no mail.</summary>
    StartTls,

    /// <summary>TLS from the first octet, with a valid certificate (RFC 8314).</summary>
    Implicit,
}

/// <summary>An open conversation with another host.</summary>
internal sealed class OutgoingConnection : IAsyncDisposable
{
    private readonly TcpClient _socket;
    private Stream _stream;

    private OutgoingConnection(TcpClient socket, RouteHost host)
    {
        _socket = socket;
        _stream = socket.GetStream();
        Host = host;
    }

    public RouteHost Host { get; }

    public SmtpClientConnection Client { get; private set; } = null!;

    /// <summary>Messages handed over so far.</summary>
    public int Messages { get; set; }

    public bool IsEncrypted { get; private set; }

    /// <summary>Between messages the other side has nothing to say but goodbye (421, or the end): a new connection is due, and no mail waits for its retry.</summary>
    public bool HasHungUp => _socket.Client.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Connects, greets, turns TLS on as wanted.</summary>
    /// <returns>The refusal of the other side as a value, else null and the connection.</returns>
    /// <exception cref="Exception">Socket, TLS and protocol errors as they come.</exception>
    public static async Task<(OutgoingConnection? Connection, SmtpReply? Refusal)> OpenAsync(
        RouteHost host, OutgoingTls tls, SmtpClientOptions options, TimeSpan connectTimeout, TimeProvider clock, CancellationToken cancellation)
    {
        var socket = new TcpClient(host.Address.AddressFamily) { NoDelay = true };
        try
        {
            using (var patience = new CancellationTokenSource(connectTimeout, clock))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation))
            {
                await socket.ConnectAsync(host.Address, host.Port, both.Token);
            }

            var connection = new OutgoingConnection(socket, host);
            var refusal = await connection.GreetAsync(tls, options, clock, cancellation);
            if (refusal is not null)
            {
                await connection.DisposeAsync();
            }

            return refusal is null ? (connection, null) : (null, refusal);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Says goodbye if the other side still listens.</summary>
    public async ValueTask QuitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await Client.QuitAsync(patience.Token);
        }
        catch (Exception gone) when (gone is SmtpProtocolException or TimeoutException or OperationCanceledException or IOException)
        {
            // It has hung up already.
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task<SmtpReply?> GreetAsync(OutgoingTls tls, SmtpClientOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        if (tls is OutgoingTls.Implicit)
        {
            await EncryptAsync(mustBeValid: true, cancellation);
        }

        Client = new(Pipe(_stream), options, clock);
        var greeting = await Client.GreetAsync(cancellation);
        if (!greeting.IsPositive)
        {
            return greeting;
        }

        var hello = await Client.HelloAsync(cancellation);
        if (!hello.IsPositive)
        {
            return hello;
        }

        if (tls is OutgoingTls.StartTls && !Client.Extensions.HasStartTls)
        {
            return new(454, "4.7.0", "The server offers no STARTTLS, which is required");
        }

        return tls is OutgoingTls.StartTls or OutgoingTls.WhenOffered && Client.Extensions.HasStartTls
            ? await Client.StartTlsAsync(
                async (_, token) =>
                {
                    await EncryptAsync(mustBeValid: tls is OutgoingTls.StartTls, token);
                    return Pipe(_stream);
                },
                cancellation) is { } refusal && tls is OutgoingTls.StartTls ? refusal : null
            : null;
    }

    private async Task EncryptAsync(bool mustBeValid, CancellationToken cancellation)
    {
        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        var options = new SslClientAuthenticationOptions { TargetHost = Host.Name };
        if (!mustBeValid)
        {
#pragma warning disable CA5359 // Opportunistic: without this the mail would go in the clear (RFC 7435 §3).
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        try
        {
            await encrypted.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (IOException broken)
        {
            throw new AuthenticationException("The TLS handshake broke off: " + broken.Message, broken); // Some hosts just hang up.
        }

        IsEncrypted = true;
    }

    private static DuplexStream Pipe(Stream stream)
        => new(PipeReader.Create(stream, new(leaveOpen: true)), PipeWriter.Create(stream, new(leaveOpen: true)));

    private sealed record DuplexStream(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
