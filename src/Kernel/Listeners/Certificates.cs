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
            if (_held is { } held && clock.GetElapsedTime(held.LookedAt) < LookAgain)
            {
                return held.Context;
            }

            var changed = ChangedAt();
            if (_held is null || _held.ChangedAt != changed || IsEnding(_held))
            {
                _held = new(Load(clock.GetUtcNow()), changed, clock.GetTimestamp());
            }
            else
            {
                _held = _held with { LookedAt = clock.GetTimestamp() };
            }

            return _held.Context;
        }
    }

    // The development authority signs a new leaf in time; a file is renewed by whoever wrote it.
    private bool IsEnding(Held held)
        => options.Value.CertificateFile.Length == 0 && held.Context.TargetCertificate.NotAfter < clock.GetUtcNow().AddDays(30);

    // Renewal tools replace the files or the links to them; a link's own time says nothing.
    private (DateTime Certificate, DateTime Key) ChangedAt()
        => options.Value.CertificateFile.Length == 0 ? default : (ChangedAt(options.Value.CertificateFile), ChangedAt(options.Value.KeyFile));

    private static DateTime ChangedAt(string file)
    {
        try
        {
            return (File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)).LastWriteTimeUtc;
        }
        catch (IOException)
        {
            return default; // Between two links; the next look finds it.
        }
    }

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
        catch (Exception damaged) when (damaged is IOException or UnauthorizedAccessException or ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            if (_held is not { } held)
            {
                throw new StartupException($"Tls:CertificateFile and Tls:KeyFile cannot be used: {damaged.Message}");
            }

            LogKept(damaged);
            return held.Context;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "TLS certificate {Subject} loaded, valid until {NotAfter}")]
    private partial void LogLoaded(string subject, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed TLS certificate cannot be used; the previous one stays")]
    private partial void LogKept(Exception damaged);

    private sealed record Held(SslStreamCertificateContext Context, (DateTime Certificate, DateTime Key) ChangedAt, long LookedAt);
}
