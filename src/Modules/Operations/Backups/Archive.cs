using System.Formats.Tar;
using System.Security.Cryptography;

namespace Plenum.Operations.Backups;

/// <summary>Names of entries. Any tar program lists and unpacks an archive.</summary>
internal static class Archive
{
    public const string BlobPrefix = "blobs/";
    public const string FilePrefix = "files/";
    public const string TablePrefix = "tables/";

    public static string TableEntry(string table) => $"{TablePrefix}{table}.jsonl.gz";
}

/// <summary>Writes an archive beside its final name and renames it when it is whole and on disk.</summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _partial;
    private readonly FileStream _file;
    private readonly TarWriter _tar;
    private bool _isKept;

    public ArchiveWriter(string target)
    {
        (_target, _partial) = (target, target + ".part");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 128 * 1024, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // It holds the master key.
        }

        _file = new(_partial, options);
        _tar = new(_file, TarEntryFormat.Pax, leaveOpen: true);
    }

    public long Octets => _file.Position;

    /// <returns>SHA-256 of the content, in hexadecimal.</returns>
    public async Task<string> AddAsync(string name, Stream content, DateTimeOffset modified, CancellationToken cancellation)
    {
        await using var hashing = new HashingStream(content);
        await _tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = hashing, ModificationTime = modified, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite },
            cancellation);
        return hashing.Sha256();
    }

    public async Task KeepAsync(CancellationToken cancellation)
    {
        await _tar.DisposeAsync();
        await _file.FlushAsync(cancellation);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_partial, _target);
        _isKept = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isKept)
        {
            await _file.DisposeAsync(); // First: what TarWriter still holds need not be written.
            File.Delete(_partial);
        }
    }
}

/// <summary>Reads a stream and hashes what was read.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Of everything read so far, in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
