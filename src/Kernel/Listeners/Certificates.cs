using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Listeners;

/// <summary>The certificate every TLS door shows. A renewed file is used from the next handshake on, without a restart.</summary>
public sealed partial class Certificates(
    IOptions<TlsOptions> options, IOptions<HouseOptions> house, DataFolder folder, TimeProvider clock, ILogger<Certificates> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Lock _loading = new();
    private Held? _held;

    /// <summary>TLS for a server side: 1.2 and 1.3 (RFC 9325 §3.1.1).</summary>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = Current(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    /// <summary>When the present certificate ends, for the doctor.</summary>
    public DateTimeOffset NotAfter => Current().TargetCertificate.NotAfter;

    public SslStreamCertificateContext Current()
    {
        lock (_loading)
        {
            var now = clock.GetUtcNow();
            if (_held is { } held && now < held.LookAgainAt)
            {
                return held.Context;
            }

            var changed = ChangedAt();
            if (_held is null || _held.ChangedAt != changed)
            {
                _held = new(Load(now), changed, now + LookAgain);
            }
            else
            {
                _held = _held with { LookAgainAt = now + LookAgain };
            }

            return _held.Context;
        }
    }

    private DateTime ChangedAt() => options.Value.CertificateFile.Length == 0 ? default : File.GetLastWriteTimeUtc(options.Value.CertificateFile);

    private SslStreamCertificateContext Load(DateTimeOffset now)
    {
        var (certificateFile, keyFile) = (options.Value.CertificateFile, options.Value.KeyFile);
        if (certificateFile.Length == 0)
        {
            return SslStreamCertificateContext.Create(DevelopmentCa.Issue(folder, [house.Value.HostName], now), null, offline: true);
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            using var fromPem = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var leaf = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
            LogLoaded(leaf.Subject, leaf.NotAfter);
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception damaged) when (_held is not null && damaged is IOException or System.Security.Cryptography.CryptographicException)
        {
            LogKept(damaged);
            return _held!.Context;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "TLS certificate {Subject} loaded, valid until {NotAfter}")]
    private partial void LogLoaded(string subject, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed TLS certificate cannot be used; the previous one stays")]
    private partial void LogKept(Exception damaged);

    private sealed record Held(SslStreamCertificateContext Context, DateTime ChangedAt, DateTimeOffset LookAgainAt);
}
