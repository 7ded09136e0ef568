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
    PlenumDb db, PostIntake intake, MailFiles files, Blobs blobs, SearchIndex index, Access access, IOptions<DiscussionsOptions> options, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <summary>Imports one file.</summary>
    /// <param name="isDryRun">Reads and judges everything, writes nothing.</param>
    /// <param name="onError">Hears of each message that could not be taken: offset in the file and why.</param>
    /// <param name="progress">Receives the octets of the file that are done.</param>
    public async Task<ImportResult> RunAsync(
        Board board, string path, bool isDryRun, Action<long, string> onError, IProgress<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(progress);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        var source = await SourceAsync(file, cancellation);
        var start = isDryRun ? 0 : await db.Set<ImportProgress>().Where(p => p.BoardId == board.Id && p.Source == source).Select(p => p.Offset).SingleOrDefaultAsync(cancellation);
        file.Position = Math.Min(start, file.Length);
        var reader = new MboxReader(file, file.Position, options.Value.MaxMessageBytes);
        var batch = new Batch(board, source, isDryRun, (await access.TreeAsync(cancellation)).Find(board.UnitId)?.Path ?? "", onError);
        var result = new ImportResult(0, 0, 0);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.NextAsync(cancellation) is { } message)
        {
            batch.Add(message, Read(message, board, batch));
            if (batch.Count == BatchSize)
            {
                result += await SaveAsync(batch, seen, cancellation);
                progress.Report(batch.End);
            }
        }

        return result + await SaveAsync(batch, seen, cancellation);
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

        batch.Clear();
        return result;
    }

    /// <summary>The messages of the batch that are not on the board, each with a name that is free there.</summary>
    private async Task<List<(MboxMessage Raw, ReadMessage Message, PostHeader Header)>> FreshAsync(Batch batch, HashSet<string> seen, CancellationToken cancellation)
    {
        var names = batch.Messages.SelectMany(m => (string[])[m.Message.Header.Hash, Other(m.Message.Header)]).ToArray();
        var known = await db.Set<Post>().Where(p => p.BoardId == batch.Board.Id && names.Contains(p.Hash)).Select(p => new { p.Hash, p.ContentHash }).ToListAsync(cancellation);
        var contents = known.GroupBy(k => k.Hash).ToDictionary(g => g.Key, g => g.First().ContentHash, StringComparer.Ordinal);
        var fresh = new List<(MboxMessage, ReadMessage, PostHeader)>();
        foreach (var (raw, message) in batch.Messages)
        {
            var header = message.Header;
            var hash = !contents.TryGetValue(header.Hash, out var first) ? header.Hash
                : first == header.ContentHash || contents.ContainsKey(Other(header)) ? null
                : Other(header);
            if (hash is not null && (!batch.IsDryRun || seen.Add(hash)))
            {
                contents[hash] = header.ContentHash;
                fresh.Add((raw, message, header with { Hash = hash }));
            }
        }

        return fresh;
    }

    private static string Other(PostHeader header) => MessageHash.Of($"{header.MessageId}\n{header.ContentHash}");

    private async Task KeepAsync(Batch batch, List<(MboxMessage Raw, ReadMessage Message, PostHeader Header)> fresh, CancellationToken cancellation)
    {
        var accounts = await AccountsAsync(fresh.Select(f => f.Message.FromAddress), cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var posts = new List<Post>();
        foreach (var (raw, message, header) in fresh)
        {
            var account = accounts.GetValueOrDefault(message.FromAddress.ToLowerInvariant());
            var author = new PostAuthor(account?.Id, account?.DisplayName ?? message.FromName, message.FromAddress);
            var post = new Post(batch.Board.Id, PostOrigin.Import, header, author, now);
            using var content = new MemoryStream(raw.Raw!, writable: false);
            var stored = await blobs.PutAsync(db, content, DiscussionsModule.Name, post.BlobKey, raw.Raw!.Length, cancellation);
            post.Keep(stored.Hash.Hex, stored.Length, keepsFrom: false);
            post.Say(message.Body, await files.KeepAsync(post, message.Files, cancellation));
            posts.Add(post);
        }

        if (posts.Count == 0)
        {
            return;
        }

        var places = await intake.PlacesForAsync(batch.Board.Id, posts, cancellation);
        posts.ForEach(p => places.Place(p));
        db.AddRange(posts);
        await intake.KeepAsync(places, cancellation);
        await db.SaveChangesAsync(cancellation);
        foreach (var post in posts)
        {
            await index.PutAsync(db, PostDocument.Of(batch.Board, post, post.Body.Text, batch.UnitPath), cancellation);
        }
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

        public List<(MboxMessage Raw, ReadMessage Message)> Messages { get; } = new(BatchSize);

        public int Failed { get; private set; }

        public long End { get; private set; }

        public int Count => Messages.Count + Failed;

        public void Add(MboxMessage raw, ReadMessage? message)
        {
            End = raw.End;
            if (message is not null)
            {
                Messages.Add((raw, message));
            }
        }

        public void Fail(long offset, string why)
        {
            Failed++;
            onError(offset, why);
        }

        public void Clear()
        {
            Messages.Clear();
            Failed = 0;
        }
    }
}
