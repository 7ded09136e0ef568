using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plenum.Protocols.Sasl;

/// <summary>What ties an exchange to the TLS connection below it (RFC 5056).</summary>
/// <param name="Type">Registered name, for example <see cref="TlsExporter"/>.</param>
/// <param name="Octets">The binding of this connection, the same on both ends.</param>
public sealed record ChannelBinding(string Type, ReadOnlyMemory<byte> Octets)
{
    /// <summary>RFC 9266: 32 octets of keying material with label <see cref="ExporterLabel"/> and an empty context.</summary>
    public const string TlsExporter = "tls-exporter";

    /// <summary>RFC 5929 §4: hash of the server's certificate.</summary>
    public const string TlsServerEndPoint = "tls-server-end-point";

    public const string ExporterLabel = "EXPORTER-Channel-Binding";

    public const int ExporterLength = 32;

    /// <summary>Binds to a certificate, hashed as its signature is; MD5 and SHA-1 are raised to SHA-256 (RFC 5929 §4.1).</summary>
    /// <returns>Null if the signature algorithm names no hash of its own (Ed25519): the binding is undefined there.</returns>
    public static ChannelBinding? ServerEndPoint(X509Certificate2 certificate)
    {
        var der = certificate.RawDataMemory.Span;
        return certificate.SignatureAlgorithm.Value switch
        {
            "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2"
                => new ChannelBinding(TlsServerEndPoint, SHA256.HashData(der)),
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => new ChannelBinding(TlsServerEndPoint, SHA384.HashData(der)),
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => new ChannelBinding(TlsServerEndPoint, SHA512.HashData(der)),
            _ => null,
        };
    }
}
