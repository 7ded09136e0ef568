using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Listeners;

/// <summary>Settings under "Tls". Without a certificate a development CA in the data folder signs one; its root is dev-ca.pem.</summary>
public sealed class TlsOptions : IValidatableObject
{
    /// <summary>Certificate chain in PEM, leaf first. Read again when the file changes.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Private key in PEM.</summary>
    public string KeyFile { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(CertificateFile) != string.IsNullOrEmpty(KeyFile))
        {
            yield return new("CertificateFile and KeyFile come together or not at all.", [nameof(CertificateFile), nameof(KeyFile)]);
        }

        foreach (var file in (string[])[CertificateFile, KeyFile])
        {
            if (file.Length > 0 && !File.Exists(file))
            {
                yield return new($"The file {file} does not exist.", [file == KeyFile ? nameof(KeyFile) : nameof(CertificateFile)]);
            }
        }
    }
}
