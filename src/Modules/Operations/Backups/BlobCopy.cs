using Plenum.Kernel.Blobs;

namespace Plenum.Operations.Backups;

/// <summary>Copies blobs into the archive, each once, and remembers which were damaged.</summary>
internal sealed class BlobCopy(ArchiveWriter archive, IBlobStore store, IProgress<double>? progress)
{
    private const int ReportEvery = 64;
    private readonly HashSet<UInt128> _copied = []; // The first half of the hash: 16 octets for each of a million blobs.
    private readonly SortedSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _lost = new(StringComparer.Ordinal);

    public long Count => _copied.Count;

    public long Octets { get; private set; }

    /// <summary>Needed, and missing or damaged.</summary>
    public IReadOnlyList<string> Lost => [.. _lost];

    public async Task AddAsync(BlobHash hash, CancellationToken cancellation)
    {
        if (_copied.Contains(KeyOf(hash)))
        {
            return;
        }

        await using var content = await store.OpenAsync(hash, 0, null, cancellation);
        if (content is null)
        {
            return; // Swept since it was listed; if a row refers to it, Need says so.
        }

        var before = archive.Octets;
        if (await archive.AddAsync(Archive.BlobPrefix + hash.Hex, content, DateTimeOffset.UnixEpoch, cancellation) != hash.Hex)
        {
            _damaged.Add(hash.Hex);
        }

        _copied.Add(KeyOf(hash));
        Octets += archive.Octets - before;
        if (_copied.Count % ReportEvery == 0)
        {
            progress?.Report(archive.Octets);
        }
    }

    /// <summary>Something refers to this blob.</summary>
    public void Need(BlobHash hash)
    {
        if (!_copied.Contains(KeyOf(hash)) || _damaged.Contains(hash.Hex))
        {
            _lost.Add(hash.Hex);
        }
    }

    private static UInt128 KeyOf(BlobHash hash) => UInt128.Parse(hash.Hex.AsSpan(0, 32), System.Globalization.NumberStyles.HexNumber, null);
}
