using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Blobs;

/// <summary>
/// Large content of all modules: stored once however often it is put, kept while someone refers to it. References are written in the
/// caller's context, so they stand and fall with the caller's changes.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "One object for all a caller does with blobs.")]
public sealed class Blobs(IBlobStore store, TimeProvider clock)
{
    private const int RowsAtOnce = 500; // SQLite takes 32,766 parameters in a statement.

    /// <summary>Stores the content and refers to it.</summary>
    /// <param name="owner">Name of the module.</param>
    /// <param name="key">The module's own key, 200 characters at most, one blob each; an earlier blob under it is given up.</param>
    /// <exception cref="BlobTooLargeException">The content is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="IOException">The content was swept in the meantime, and cannot be read again.</exception>
    public async Task<StoredBlob> PutAsync(PlenumDb db, Stream content, string owner, string key, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(content);
        var from = content.CanSeek ? content.Position : 0;
        var stored = await store.PutAsync(content, maxBytes, cancellation);
        if (!await TryRegisterAsync(db, stored, cancellation))
        {
            if (!content.CanSeek)
            {
                throw Swept(stored);
            }

            content.Position = from; // A sweep whose clock ran ahead came between: once more.
            stored = await store.PutAsync(content, maxBytes, cancellation);
            await RegisterAsync(db, stored, cancellation);
        }

        await ReferToAsync(db, stored.Hash, owner, key, cancellation);
        return stored;
    }

    /// <summary>Makes content known that was put into the store beforehand, outside of any transaction. Someone has to refer to it.</summary>
    /// <exception cref="IOException">The content was swept in the meantime.</exception>
    public async Task RegisterAsync(PlenumDb db, StoredBlob stored, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await TryRegisterAsync(db, stored, cancellation))
        {
            throw Swept(stored);
        }
    }

    private static IOException Swept(StoredBlob stored) => new($"The blob {stored.Hash} was swept while it was put; the caller tries again.");

    private async Task<bool> TryRegisterAsync(PlenumDb db, StoredBlob stored, CancellationToken cancellation)
    {
        await EnterAsync(db, [stored], cancellation);
        return await store.WrittenAtAsync(stored.Hash, cancellation) is not null;
    }

    /// <summary>Stores many small contents and refers to them, each under a key that is new.</summary>
    public async Task<IReadOnlyList<StoredBlob>> PutManyAsync(PlenumDb db, IReadOnlyList<NewBlob> contents, string owner, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var stored = await store.PutManyAsync([.. contents.Select(c => c.Content)], cancellation);
        await ReferToManyAsync(db, [.. contents.Zip(stored, (content, blob) => (content.Key, blob))], owner, cancellation);
        return stored;
    }

    /// <summary>Refers to contents that were put into the store beforehand, outside of any transaction, each under a key that is new.</summary>
    /// <exception cref="IOException">One was swept in the meantime.</exception>
    public async Task ReferToManyAsync(PlenumDb db, IReadOnlyList<(string Key, StoredBlob Blob)> stored, string owner, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var some in stored.Select(s => s.Blob).DistinctBy(b => b.Hash).Chunk(RowsAtOnce))
        {
            await EnterAsync(db, some, cancellation);
            foreach (var blob in some)
            {
                _ = await store.WrittenAtAsync(blob.Hash, cancellation) ?? throw Swept(blob);
            }
        }

        db.AddRange(stored.Select(s => new BlobReference { Owner = owner, Key = s.Key, Hash = s.Blob.Hash.Hex }));
    }

    /// <summary>Refers to a blob someone else already refers to, as a copy of a message does.</summary>
    public async Task ReferToAsync(PlenumDb db, BlobHash hash, string owner, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Set<BlobReference>().FindAsync([owner, key], cancellation) is { } known)
        {
            known.Hash = hash.Hex;
        }
        else
        {
            db.Add(new BlobReference { Owner = owner, Key = key, Hash = hash.Hex });
        }
    }

    /// <summary>Gives a reference up, if there is one. The blob goes with the sweep when nobody else needs it.</summary>
    public async Task ReleaseAsync(PlenumDb db, string owner, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Set<BlobReference>().FindAsync([owner, key], cancellation) is { } known)
        {
            db.Remove(known);
        }
    }

    /// <inheritdoc cref="IBlobStore.OpenAsync"/>
    public Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation)
        => store.OpenAsync(hash, offset, length, cancellation);

    /// <summary>The whole blob.</summary>
    /// <exception cref="IOException">It is gone, though the caller refers to it: the store lost it.</exception>
    public async Task<Stream> OpenAsync(BlobHash hash, CancellationToken cancellation)
        => await store.OpenAsync(hash, 0, null, cancellation) ?? throw new IOException($"The blob {hash} is missing from the store.");

    /// <returns>Length in octets, or null for an unknown blob.</returns>
    public Task<long?> LengthAsync(PlenumDb db, BlobHash hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<BlobRow>().Where(b => b.Hash == hash.Hex).Select(b => (long?)b.Length).FirstOrDefaultAsync(cancellation);
    }

    private Task<int> EnterAsync(PlenumDb db, StoredBlob[] stored, CancellationToken cancellation)
    {
        var rows = string.Join(", ", stored.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"({{{2 * i + 1}}}, {{{2 * i + 2}}}, {{0}})")));
        var statement = FormattableStringFactory.Create(
            $"INSERT INTO kernel_blob (hash, length, last_put_at) VALUES {rows} ON CONFLICT (hash) DO UPDATE SET last_put_at = excluded.last_put_at",
            [.. stored.SelectMany(s => (object[])[s.Hash.Hex, s.Length]).Prepend(clock.GetUtcNow().UtcDateTime)]);
        return db.Database.ExecuteSqlAsync(statement, cancellation);
    }
}

/// <summary>Content to be stored under a key that has none yet.</summary>
public sealed record NewBlob(byte[] Content, string Key);
