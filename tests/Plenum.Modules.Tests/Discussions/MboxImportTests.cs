using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Importing;
using Plenum.Kernel.Data;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

public sealed class MboxImportTests
{
    private const string From = "From ada@example.net Mon Jul  1 11:26:53 2019\n";
    private readonly List<string> _errors = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Fifteen_hundred_real_mails_give_plausible_threads_once(DatabaseProvider provider)
    {
        if (!SharedData.TryFind("mbox-linux-integrity/linux-integrity-0001-1500.mbox", out var path))
        {
            VectorSet.ReportAbsent("mbox-import");
            return;
        }

        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("integrity");
        var first = await ImportAsync(house, board, path);
        Assert.Equal((1500, 0), (first.Imported + first.Known, first.Failed));
        VectorSet.Report("mbox-import", first.Imported + first.Known, 1500);
        var threads = await house.ReadAsync(db => db.Set<BoardThread>().Where(t => t.MergedInto == null).ToListAsync(Cancellation));
        var posts = await house.ReadAsync(db => db.Set<Post>().CountAsync(Cancellation));
        Assert.Equal(first.Imported, posts);
        Assert.Equal(posts, threads.Sum(t => t.Posts));

        // Patch series answer their cover letters: a list of 1,500 mails has some hundred threads, not fifteen hundred and not ten.
        Assert.InRange(threads.Count, 150, 600);
        Assert.InRange(threads.Max(t => t.Posts), 20, 200);
        var orphans = await house.ReadAsync(db => db.Set<Post>().CountAsync(p => p.ParentId == null && p.ParentHash != null, Cancellation));
        Assert.InRange(orphans, 0, posts / 5);
        await AssertOneThreadPerReferenceAsync(house);

        var emil = await house.ViewerAsync(house.Party.Emil);
        var hits = await house.AskAsync<Search, SearchPage>(s => s.FindAsync(new("\"measurement list\"", emil.Audiences), Cancellation));
        Assert.InRange(hits.Count, 5, 1500);
        Assert.Empty(await house.QueueAsync(source: null)); // Nobody gets old mail.
        Assert.Equal(new ImportResult(0, 0, 0), await ImportAsync(house, board, path)); // It knows that the file is done.
        var copy = Path.Combine(house.Kernel.Database.Folder, "same-mails-other-name.mbox");
        File.Copy(path, copy);
        Assert.Equal((0, 1500), await ImportAsync(house, board, copy) is var again ? (again.Imported, again.Known) : default);
    }

    [Theory, OnBothDatabases]
    public async Task A_broken_off_import_goes_on_where_it_was(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("old");
        var path = await WriteAsync(house, string.Join('\n', Enumerable.Range(1, 350).Select(i => $"{From}From: a@example.net\nMessage-ID: <{i}@x>\nSubject: {i}\n\ntext {i}\n")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.AskAsync<MboxImport, ImportResult>(
            i => i.RunAsync(board, path, false, (_, _) => { }, new Immediate(_ => stop.Cancel()), stop.Token)));
        Assert.Equal(100, (await house.PostsAsync(board)).Count);
        Assert.Equal(new ImportResult(250, 0, 0), await ImportAsync(house, board, path));
        Assert.Equal(350, (await house.PostsAsync(board)).Count);
    }

    [Theory, OnBothDatabases]
    public async Task Each_bad_message_is_named_and_stops_nobody(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("old");
        var path = await WriteAsync(house, $"{From}From: a@example.net\nSubject: good\n\none\n\n{From}Subject: nobody wrote this\n\ntwo\n\n{From}From: b@example.net\n\n\0\u0001\ufffe\n");
        Assert.Equal(new ImportResult(2, 0, 1), await ImportAsync(house, board, path, isDryRun: true));
        Assert.Empty(await house.PostsAsync(board));
        Assert.Equal(new ImportResult(2, 0, 1), await ImportAsync(house, board, path));
        Assert.Equal(2, (await house.PostsAsync(board)).Count);
        Assert.Equal(["no sender", "no sender"], _errors);
    }

    private async Task<ImportResult> ImportAsync(DiscussionHouse house, Board board, string path, bool isDryRun = false)
        => await house.AskAsync<MboxImport, ImportResult>(i => i.RunAsync(board, path, isDryRun, (_, why) => _errors.Add(why), new Immediate(_ => { }), Cancellation));

    private static async Task<string> WriteAsync(DiscussionHouse house, string text)
    {
        var path = Path.Combine(house.Kernel.Database.Folder, "old.mbox");
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }

    /// <summary>Posts whose parent is here stand in its thread.</summary>
    private static async Task AssertOneThreadPerReferenceAsync(DiscussionHouse house)
    {
        var apart = await house.ReadAsync(db => (from p in db.Set<Post>()
                                                 join parent in db.Set<Post>() on p.ParentId equals parent.Id
                                                 where p.ThreadId != parent.ThreadId
                                                 select p.Id).CountAsync(Cancellation));
        var unlinked = await house.ReadAsync(db => (from p in db.Set<Post>()
                                                    join parent in db.Set<Post>() on p.ParentHash equals parent.Hash
                                                    where p.ThreadId != parent.ThreadId
                                                    select p.Id).CountAsync(Cancellation));
        Assert.Equal((0, 0), (apart, unlinked));
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
