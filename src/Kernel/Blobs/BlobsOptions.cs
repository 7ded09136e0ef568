using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Blobs;

public enum BlobStoreKind
{
    Folder,
    S3,
}

/// <summary>Settings under "Blobs" in plenum.json.</summary>
public sealed class BlobsOptions : IValidatableObject
{
    /// <summary>Folder: below the data folder, for one server. S3: a bucket all nodes share.</summary>
    public BlobStoreKind Store { get; init; } = BlobStoreKind.Folder;

    /// <summary>Another folder for the blobs, e.g. on a larger disk. Empty: "blobs" in the data folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Address of the S3 service, e.g. "https://s3.example.org". Any service that speaks S3 will do.</summary>
    public string S3Endpoint { get; init; } = "";

    public string S3Bucket { get; init; } = "";

    /// <summary>Put before every object's name, e.g. "plenum/".</summary>
    public string S3Prefix { get; init; } = "";

    public string S3Region { get; init; } = "us-east-1"; // What services without regions expect in the signature.

    public string S3AccessKey { get; init; } = "";

    /// <summary>Better given as the environment variable PLENUM_Blobs__S3SecretKey.</summary>
    public string S3SecretKey { get; init; } = "";

    /// <summary>How long a blob that nothing refers to is kept, so that work in progress and a fresh backup still find it.</summary>
    public TimeSpan SweepGrace { get; init; } = TimeSpan.FromDays(2); // Longer than any transaction and than a nightly backup.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SweepGrace < TimeSpan.FromHours(1))
        {
            yield return new("must be at least one hour: shorter loses blobs whose transaction is still open.", [nameof(SweepGrace)]);
        }

        if (Store == BlobStoreKind.S3 && (S3Bucket.Length == 0 || !Uri.TryCreate(S3Endpoint, UriKind.Absolute, out _)))
        {
            yield return new("S3 needs an address such as https://s3.example.org and a bucket.", [nameof(S3Endpoint), nameof(S3Bucket)]);
        }
    }
}
