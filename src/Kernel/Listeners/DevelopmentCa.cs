using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Listeners;

/// <summary>A certificate authority of this data folder alone, so that TLS works before there is a real certificate.</summary>
internal static class DevelopmentCa
{
    private static readonly TimeSpan CaLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(397); // The longest a browser accepts (CA/Browser Forum BR §6.3.2).

    /// <summary>A leaf for the names, signed by the folder's authority, which is made where it is missing.</summary>
    public static X509Certificate2 Issue(DataFolder folder, IEnumerable<string> names, DateTimeOffset now)
    {
        var authority = LoadOrCreate(folder, now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Plenum development", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            alternatives.AddDnsName(name);
        }

        alternatives.AddIpAddress(IPAddress.Loopback);
        alternatives.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false)); // id-kp-serverAuth
        using var leaf = request.Create(authority, now.AddHours(-1), now + LeafLifetime, RandomNumberGenerator.GetBytes(16));
        using var withKey = leaf.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null); // SslStream wants a key it may keep.
    }

    private static X509Certificate2 LoadOrCreate(DataFolder folder, DateTimeOffset now)
    {
        var root = folder.Below("dev-ca.pem");
        var keyFile = Path.Combine(folder.Keys, "dev-ca.key");
        if (File.Exists(root) && File.Exists(keyFile))
        {
            return X509Certificate2.CreateFromPemFile(root, keyFile);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Plenum development CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var authority = request.CreateSelfSigned(now.AddHours(-1), now + CaLifetime);
        WritePrivate(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(root, authority.ExportCertificatePem());
        return authority;
    }

    private static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        file.Write(text);
    }
}
