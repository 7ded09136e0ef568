using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Finding;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;

namespace Plenum.Discussions.Importing;

/// <summary>What an import did.</summary>
public sealed record ImportResult(int Imported, int Known, int Failed)
{
    public static ImportResult operator +(ImportResult a, ImportResult b) => new(a.Imported + b.Imported, a.Known + b.Known, a.Failed + b.Failed);
}

/// <summary>
/// Brings old mail into a board: threads, attachments and search at once, no copies to subscribers. Works in batches; each saves its posts
/// together with how far it came, so it goes on where it was broken off, and a message that is there already is passed over.
/// </summary>
/// <remarks>For the operator at the command line: reading the file is the permission.</remarks>
public sealed class MboxImport(
    PlenumDb db, PostIntake intake, IBlobStore store, Blobs blobs, SearchIndex index, Access access, IOptions<DiscussionsOptions> options, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <summary>Imports one file.</summary>
    /// <param name="file">Path of an mbox file.</param>
    /// <param name="isDryRun">Reads and judges everything, writes nothing.</param>
    /// <param name="onError">Hears of each message that could not be taken: offset in the file and why.</param>
    /// <param name="progress">Receives the octets of the file that are done.</param>
    public async Task<ImportResult> RunAsync(
        Board board, string file, bool isDryRun, Action<long, string> onError, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(progress);
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        var source = await SourceAsync(content, cancellation);
        var start = isDryRun ? 0 : await db.Set<ImportProgress>().Where(p => p.BoardId == board.Id && p.Source == source).Select(p => p.Offset).SingleOrDefaultAsync(cancellation);
        content.Position = Math.Min(start, content.Length);
        var reader = new MboxReader(content, content.Position, options.Value.MaxMessageBytes);
        var path = (await access.TreeAsync(cancellation)).Find(board.UnitId)?.Path ?? "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new ImportResult(0, 0, 0);
        Task? saving = null;
        try
        {
            // While one batch is entered, the next is read and stored: two in memory, never more.
            while (await ReadAsync(reader, new Batch(board, source, isDryRun, path, onError), cancellation) is { } batch)
            {
                await (saving ?? Task.CompletedTask);
                saving = Task.Run(async () =>
                {
                    result += await SaveAsync(batch, seen, cancellation);
                    progress.Report(batch.End);
                }, CancellationToken.None);
            }
        }
        finally
        {
            await (saving ?? Task.CompletedTask);
        }

        return result;
    }

    /// <summary>Fills a batch, whose octets are then in the store; null at the end of the file.</summary>
    private async Task<Batch?> ReadAsync(MboxReader reader, Batch batch, CancellationToken cancellation)
    {
        while (batch.Count < BatchSize && await reader.NextAsync(cancellation) is { } message)
        {
            batch.Add(message, Read(message, batch.Board, batch));
        }

        if (!batch.IsDryRun)
        {
            batch.Store(await store.PutManyAsync(batch.Contents(), cancellation));
        }

        return batch.Count == 0 ? null : batch;
    }

    private ReadMessage? Read(MboxMessage message, Board board, Batch batch)
    {
        if (message.Raw is null)
        {
            batch.Fail(message.Offset, string.Create(CultureInfo.InvariantCulture, $"longer than {options.Value.MaxMessageBytes} octets"));
            return null;
        }

        try
        {
            var read = MessageReader.Read(message.Raw, board.Domain ?? "import.invalid", clock.GetUtcNow().UtcDateTime);
            if (read.FromAddress.Length == 0)
            {
                batch.Fail(message.Offset, "no sender");
                return null;
            }

            return read;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or NotSupportedException or IOException)
        {
            batch.Fail(message.Offset, unreadable.Message); // One bad message never stops the others.
            return null;
        }
    }

    private async Task<ImportResult> SaveAsync(Batch batch, HashSet<string> seen, CancellationToken cancellation)
    {
        var fresh = await FreshAsync(batch, seen, cancellation);
        var result = new ImportResult(fresh.Count, batch.Messages.Count - fresh.Count, batch.Failed);
        if (!batch.IsDryRun)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await KeepAsync(batch, fresh, cancellation);
            await RememberAsync(batch, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
        }

        return result;
    }

    /// <summary>The messages of the batch that are not on the board, each with a name that is free there.</summary>
    private async Task<List<(ReadMessage Message, PostHeader Header, StoredBlob[] Stored)>> FreshAsync(Batch batch, HashSet<string> seen, CancellationToken cancellation)
    {
        var names = batch.Messages.SelectMany(m => (string[])[m.Message.Header.Hash, Other(m.Message.Header)]).ToArray();
        var known = await db.Set<Post>().Where(p => p.BoardId == batch.Board.Id && names.Contains(p.Hash)).Select(p => new { p.Hash, p.ContentHash }).ToListAsync(cancellation);
        var contents = known.GroupBy(k => k.Hash).ToDictionary(g => g.Key, g => g.First().ContentHash, StringComparer.Ordinal);
        var fresh = new List<(ReadMessage, PostHeader, StoredBlob[])>();
        foreach (var (_, message, stored) in batch.Messages)
        {
            var header = message.Header;
            var hash = !contents.TryGetValue(header.Hash, out var first) ? header.Hash
                : first == header.ContentHash || contents.ContainsKey(Other(header)) ? null
                : Other(header);
            if (hash is not null && (!batch.IsDryRun || seen.Add(hash)))
            {
                contents[hash] = header.ContentHash;
                fresh.Add((message, header with { Hash = hash }, stored));
            }
        }

        return fresh;
    }

    private static string Other(PostHeader header) => MessageHash.Of($"{header.MessageId}\n{header.ContentHash}");

    private async Task KeepAsync(Batch batch, List<(ReadMessage Message, PostHeader Header, StoredBlob[] Stored)> fresh, CancellationToken cancellation)
    {
        var accounts = await AccountsAsync(fresh.Select(f => f.Message.FromAddress), cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var (posts, files, contents) = (new List<Post>(), new List<Attachment>(), new List<(string Key, StoredBlob Blob)>());
        foreach (var (message, header, stored) in fresh)
        {
            var account = accounts.GetValueOrDefault(message.FromAddress.ToLowerInvariant());
            var author = new PostAuthor(account?.Id, account?.DisplayName ?? message.FromName, message.FromAddress);
            var post = new Post(batch.Board.Id, PostOrigin.Import, header, author, now);
            var own = MailFiles.Describe(post, message.Files);
            post.Say(message.Body, own.Count);
            post.Keep(stored[0].Hash.Hex, stored[0].Length, keepsFrom: false);
            posts.Add(post);
            contents.Add((post.BlobKey, stored[0]));
            foreach (var (file, blob) in own.Zip(stored[1..]))
            {
                file.Keep(blob.Hash.Hex, blob.Length);
                files.Add(file);
                contents.Add((file.BlobKey, blob));
            }
        }

        if (posts.Count == 0)
        {
            return;
        }

        await blobs.ReferToManyAsync(db, contents, DiscussionsModule.Name, cancellation);
        var places = await intake.PlacesForAsync(batch.Board.Id, posts, cancellation);
        posts.ForEach(p => places.Place(p));
        db.AddRange(posts);
        db.AddRange(files);
        await intake.KeepAsync(places, cancellation);
        await db.SaveChangesAsync(cancellation);
        await index.PutManyAsync(db, [.. posts.Select(p => PostDocument.Of(batch.Board, p, p.Body, batch.UnitPath))], cancellation);
    }

    /// <summary>Accounts by mail address: an archive is trusted to name its authors.</summary>
    private async Task<Dictionary<string, Account>> AccountsAsync(IEnumerable<string> senders, CancellationToken cancellation)
    {
        var addresses = senders.Select(s => s.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToArray();
        return await db.Set<Account>().AsNoTracking().Where(a => a.Email != null && addresses.Contains(a.Email)).ToDictionaryAsync(a => a.Email!, StringComparer.Ordinal, cancellation);
    }

    private async Task RememberAsync(Batch batch, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Set<ImportProgress>().SingleOrDefaultAsync(p => p.BoardId == batch.Board.Id && p.Source == batch.Source, cancellation) is { } known)
        {
            (known.Offset, known.UpdatedAt) = (batch.End, now);
        }
        else if (batch.End > 0)
        {
            db.Add(new ImportProgress { BoardId = batch.Board.Id, Source = batch.Source, Offset = batch.End, UpdatedAt = now });
        }
    }

    /// <summary>Tells a file that goes on from another: its beginning says which it is. A file that grew keeps its name.</summary>
    private static async Task<string> SourceAsync(FileStream file, CancellationToken cancellation)
    {
        var beginning = new byte[64 * 1024];
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file.Name)));
        hash.AppendData(beginning.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Batch(Board board, string source, bool isDryRun, string unitPath, Action<long, string> onError)
    {
        public Board Board => board;

        public string Source => source;

        public bool IsDryRun => isDryRun;

        public string UnitPath => unitPath;

        /// <summary>Stored: the message itself, then its files.</summary>
        public List<(MboxMessage Raw, ReadMessage Message, StoredBlob[] Stored)> Messages { get; } = new(BatchSize);

        public int Failed { get; private set; }

        public long End { get; private set; }

        public int Count => Messages.Count + Failed;

        public void Add(MboxMessage raw, ReadMessage? message)
        {
            End = raw.End;
            if (message is not null)
            {
                Messages.Add((raw, message, []));
            }
        }

        /// <summary>The octets of all messages, each followed by its files.</summary>
        public List<byte[]> Contents() => [.. Messages.SelectMany(m => m.Message.Files.Select(MailFiles.Decode).Prepend(m.Raw.Raw!))];

        /// <param name="stored">As <see cref="Contents"/> gave them.</param>
        public void Store(IReadOnlyList<StoredBlob> stored)
        {
            var next = 0;
            for (var i = 0; i < Messages.Count; i++)
            {
                var (raw, message, _) = Messages[i];
                Messages[i] = (raw, message, [.. stored.Skip(next).Take(1 + message.Files.Count)]);
                next += 1 + message.Files.Count;
            }
        }

        public void Fail(long offset, string why)
        {
            Failed++;
            onError(offset, why);
        }
    }
}
