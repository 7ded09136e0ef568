using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Discussions;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Discussions.Reading;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

public sealed class ReadingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_stranger_sees_neither_board_nor_hits(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var members = Audience.MembersOf(house.Party.Bavaria);
        var board = await house.BoardAsync("bayern", members, members, unit: house.Party.Bavaria);
        await house.SubmitAsync(house.Party.Emil, "emil", $"bayern@{DiscussionHouse.Domain}", "Quittenkuchen am Samstag", ("Subject", "Kuchen"));
        await house.SettleAsync();
        var directory = house.Kernel.Get<BoardDirectory>();
        var emil = await house.ViewerAsync(house.Party.Emil);
        var others = new[] { await house.ViewerAsync(house.Party.Gero), await house.Kernel.Get<ViewerSource>().GuestAsync(Cancellation) };
        Assert.NotNull(await directory.FindAsync(emil, "bayern", Cancellation));
        Assert.Single((await SearchAsync(house, emil, "Quittenkuchen")).Hits);
        Assert.Single((await SearchAsync(house, emil, "Quittenkuchen", $"{board.Id.Value:N}/")).Hits);
        Assert.Empty((await SearchAsync(house, emil, "Quittenkuchen", $"{BoardId.New().Value:N}/")).Hits);
        foreach (var other in others)
        {
            Assert.Null(await directory.FindAsync(other, "bayern", Cancellation));
            Assert.Empty(await directory.ReadableAsync(other, Cancellation));
            Assert.Empty((await SearchAsync(house, other, "Quittenkuchen")).Hits);
        }

        // A board with other readers: what it holds follows at once.
        var ada = await house.ViewerAsync(house.Party.Ada);
        await house.AskAsync<BoardService>(b => b.ChangeAsync(ada, board.Id, new() { Title = "Bayern", Readers = Audience.SignedIn, Writers = members }, null, false, Cancellation));
        await house.SettleAsync();
        Assert.Single((await SearchAsync(house, others[0], "Quittenkuchen")).Hits);
        Assert.Empty((await SearchAsync(house, others[1], "Quittenkuchen")).Hits);
    }

    [Theory, OnBothDatabases]
    public async Task The_index_built_anew_finds_the_same(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        await house.BoardAsync("techtalk");
        for (var i = 0; i < 7; i++)
        {
            await house.SubmitAsync(house.Party.Emil, "emil", $"techtalk@{DiscussionHouse.Domain}", $"Zwetschgen {i}");
        }

        var emil = await house.ViewerAsync(house.Party.Emil);
        await house.AskAsync<SearchRebuild>(r => r.RunAsync(null, Cancellation));
        Assert.Equal(7, (await SearchAsync(house, emil, "Zwetschgen")).Count);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_new_is_new_until_it_was_read(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        var dilek = await house.ViewerAsync(house.Party.Dilek);
        await house.AskAsync<ReadingMarks>(m => m.OpenAsync(dilek, board, Cancellation));
        await house.SubmitAsync(house.Party.Emil, "emil", $"techtalk@{DiscussionHouse.Domain}", "one", ("Subject", "One"));
        await house.SettleAsync();
        var row = Assert.Single((await ThreadsAsync(house, dilek, board)).Rows);
        Assert.True(row.IsUnread);
        Assert.Equal(1, Assert.Single(await house.AskAsync<BoardReader, IReadOnlyList<BoardRow>>(r => r.BoardsAsync(dilek, Cancellation))).Unread);
        var page = await house.AskAsync<BoardReader, ThreadPage>(async r => await r.PostsAsync((await r.OpenThreadAsync(dilek.Account, board, row.Slug, Cancellation))!, ThreadView.Flat, 1, Cancellation));
        Assert.True(page.Posts[0].PostedAt > page.ReadUpTo);
        await house.AskAsync<ReadingMarks>(m => m.ReadAsync(dilek, page, Cancellation));
        Assert.False(Assert.Single((await ThreadsAsync(house, dilek, board)).Rows).IsUnread);
        await house.SubmitAsync(house.Party.Emil, "emil", $"techtalk@{DiscussionHouse.Domain}", "two", ("Subject", "Two"));
        await house.AskAsync<ReadingMarks>(m => m.ReadAllAsync(dilek, board, Cancellation));
        Assert.DoesNotContain((await ThreadsAsync(house, dilek, board)).Rows, r => r.IsUnread);
    }

    [Theory, OnBothDatabases]
    public async Task Lists_are_sorted_and_paged_and_trees_arranged(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        var emil = await house.ViewerAsync(house.Party.Emil);
        var first = await house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, "Long", "0", Cancellation));
        var answer = await house.AskAsync<PostService, WrittenPost>(p => p.ReplyAsync(emil, board, first.Id, "1", Cancellation));
        await house.AskAsync<PostService, WrittenPost>(p => p.ReplyAsync(emil, board, first.Id, "2", Cancellation));
        await house.AskAsync<PostService, WrittenPost>(p => p.ReplyAsync(emil, board, answer.Id, "3", Cancellation));
        await house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, "Short", "0", Cancellation));
        await house.SettleAsync();
        Assert.Equal(["Short", "Long"], (await ThreadsAsync(house, emil, board)).Rows.Select(r => r.Subject));
        var byPosts = await house.AskAsync<BoardReader, ThreadList>(r => r.ThreadsAsync(emil, board, BoardReader.ByPosts, true, 1, Cancellation));
        Assert.Equal([("Long", 4), ("Short", 1)], byPosts.Rows.Select(r => (r.Subject, r.Posts)));
        var thread = (await house.AskAsync<BoardReader, OpenThread?>(r => r.OpenThreadAsync(emil.Account, board, byPosts.Rows[0].Slug, Cancellation)))!;
        var tree = await house.AskAsync<BoardReader, ThreadPage>(r => r.PostsAsync(thread, ThreadView.Tree, 1, Cancellation));
        Assert.Equal([0, 1, 2, 1], tree.Posts.Select(p => p.Depth));
        Assert.Equal(answer.Id, tree.Posts[1].Id);
        var found = await house.AskAsync<BoardReader, (Post Post, BoardThread Thread, int Page)?>(r => r.FindPostAsync(board, answer.Hash, Cancellation));
        Assert.Equal((answer.Id, thread.Thread.Id, 1), (found!.Value.Post.Id, found.Value.Thread.Id, found.Value.Page));
    }

    [Theory, OnBothDatabases]
    public async Task Guests_see_no_whole_addresses_and_nobody_loads_foreign_pictures(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.SubmitAsync(house.Party.Emil, "emil", $"techtalk@{DiscussionHouse.Domain}",
            "<p onclick=alert(1)>Write to ada@example.net <img src=\"https://tracker.example/x.gif\"><script>alert(1)</script></p>", ("Content-Type", "text/html; charset=utf-8"));
        var emil = await house.ViewerAsync(house.Party.Emil);
        var row = Assert.Single((await ThreadsAsync(house, emil, board)).Rows);
        var page = await house.AskAsync<BoardReader, ThreadPage>(async r => await r.PostsAsync((await r.OpenThreadAsync(emil.Account, board, row.Slug, Cancellation))!, ThreadView.Flat, 1, Cancellation));
        foreach (var isGuest in (bool[])[false, true])
        {
            await using var db = house.Kernel.OpenDb();
            var shown = Assert.Single(await house.Kernel.Get<PostHtml>().ShowAsync(db, board, page.Posts, isGuest, Cancellation)).Value;
            Assert.Equal(!isGuest, shown.Html.Value.Contains("ada@example.net", StringComparison.Ordinal));
            Assert.DoesNotContain("tracker", shown.Html.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("script", shown.Html.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("onclick", shown.Html.Value, StringComparison.Ordinal);
            Assert.Equal(1, shown.RemoteImages);
        }
    }

    private static Task<ThreadList> ThreadsAsync(DiscussionHouse house, Viewer viewer, Board board)
        => house.AskAsync<BoardReader, ThreadList>(r => r.ThreadsAsync(viewer, board, null, true, 1, Cancellation));

    private static Task<SearchPage> SearchAsync(DiscussionHouse house, Viewer viewer, string words, string? keyPrefix = null)
        => house.Kernel.InScopeAsync(scope => scope.GetRequiredService<Search>().FindAsync(new(words, viewer.Audiences, KeyPrefix: keyPrefix), Cancellation));
}
