using System.IO.Pipelines;
using System.Net.Security;

namespace Plenum.Kernel.Listeners;

/// <summary>Turns a plain connection into a TLS one in the middle of a protocol (STARTTLS).</summary>
public sealed class StartTls : IDuplexPipe, IAsyncDisposable
{
    private readonly SslStream _tls;

    private StartTls(SslStream tls)
    {
        _tls = tls;
        Input = PipeReader.Create(tls, new(leaveOpen: true));
        Output = PipeWriter.Create(tls, new(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Does the handshake as server. Bytes the client sent before it must already be discarded (CVE-2011-0411).</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The handshake failed; close the connection.</exception>
    public static async Task<StartTls> AsServerAsync(IDuplexPipe plain, Certificates certificates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var tls = new SslStream(new PipeStream(plain), leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(certificates.ServerOptions(), cancellation);
            return new(tls);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    public SslStream Stream => _tls;

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await _tls.DisposeAsync();
    }
}
