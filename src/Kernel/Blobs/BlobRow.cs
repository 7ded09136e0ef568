using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Blobs;

internal sealed class BlobRow
{
    public required string Hash { get; init; }

    public long Length { get; init; }

    public DateTime LastPutAt { get; init; }
}

/// <summary>Who needs a blob: a module, under a key of its own.</summary>
internal sealed class BlobReference
{
    public required string Owner { get; init; }

    public required string Key { get; init; }

    public required string Hash { get; set; }
}

internal sealed class BlobsModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<BlobRow>(blob =>
        {
            blob.ToTable("kernel_blob");
            blob.HasKey(b => b.Hash);
        });
        model.Entity<BlobReference>(reference =>
        {
            reference.ToTable("kernel_blob_reference");
            reference.HasKey(r => new { r.Owner, r.Key });
        });
    }
}
