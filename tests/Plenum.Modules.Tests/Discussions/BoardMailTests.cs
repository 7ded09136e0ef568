using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Moderating;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

/// <summary>Mail to the addresses of boards.</summary>
public sealed class BoardMailTests
{
    private const string Techtalk = "techtalk@" + DiscussionHouse.Domain;
    private static readonly SenderAuthentication Proven = new() { Dmarc = AuthenticationResult.Pass, DmarcPolicy = "reject" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_members_mail_becomes_a_post_and_the_answer_joins_its_thread(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        Assert.Equal(IncomingVerdict.Accepted, await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "Grüße aus München", ("Subject", "Radweg"), ("Message-ID", "<1@example.net>")));
        Assert.Equal(IncomingVerdict.Accepted, await house.RelayAsync("dilek@example.org", Techtalk, "Danke!", Proven, ("Subject", "Re: Radweg"), ("In-Reply-To", "<1@example.net>")));
        var posts = await house.PostsAsync(board);
        Assert.Equal([("Emil Ebner", house.Party.Emil), ("Dilek Demir", house.Party.Dilek)], posts.Select(p => (p.AuthorName, p.AuthorId!.Value)));
        Assert.Equal("Grüße aus München", posts[0].Body.Text);
        Assert.Equal("1@example.net", posts[0].MessageId);
        Assert.Equal(posts[0].ThreadId, posts[1].ThreadId);
        Assert.Equal(posts[0].Id, posts[1].ParentId);
        await house.SettleAsync();
        var thread = await house.ReadAsync(db => db.Set<BoardThread>().SingleAsync(Cancellation));
        Assert.Equal((2, "Radweg", "Dilek Demir"), (thread.Posts, thread.Subject, thread.LastPostBy));
    }

    [Theory, OnBothDatabases]
    public async Task Who_may_not_write_is_held_or_refused_as_the_board_says(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var held = await house.BoardAsync("techtalk");
        var closed = Audience.MembersOf(house.Party.Bavaria);
        var refused = await house.BoardAsync("bayern", closed, closed, StrangerRule.Refuse, unit: house.Party.Bavaria);
        var announcements = await house.BoardAsync("news", strangers: StrangerRule.Refuse, isAnnounceOnly: true);
        Assert.Equal(IncomingVerdict.Accepted, await house.RelayAsync("stranger@example.net", Techtalk, "Hello", Proven));
        Assert.Equal("5.7.1", (await house.RelayAsync("stranger@example.net", $"bayern@{DiscussionHouse.Domain}", "Hello", Proven)).Status);
        Assert.Equal("5.7.1", (await house.SubmitAsync(house.Party.Gero, "gero", $"bayern@{DiscussionHouse.Domain}", "Hello")).Status);
        Assert.Equal("5.7.1", (await house.SubmitAsync(house.Party.Emil, "emil", $"news@{DiscussionHouse.Domain}", "Hello")).Status);
        Assert.Equal(IncomingVerdict.Accepted, await house.SubmitAsync(house.Party.Ada, "ada", $"news@{DiscussionHouse.Domain}", "Hear, hear"));
        Assert.Equal(IncomingVerdict.Accepted, await house.SubmitAsync(house.Party.Emil, "emil", $"bayern@{DiscussionHouse.Domain}", "Servus"));
        Assert.Equal((PostState.Held, HoldReason.NotPermitted), Assert.Single(await house.PostsAsync(held)) is var post ? (post.State, post.HeldFor) : default);
        Assert.Equal("Emil Ebner", Assert.Single(await house.PostsAsync(refused)).AuthorName);
        Assert.Equal("Ada Adler", Assert.Single(await house.PostsAsync(announcements)).AuthorName);
    }

    [Theory, OnBothDatabases]
    public async Task A_forged_sender_is_nobody(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.RelayAsync("emil@example.org", Techtalk, "I am Emil, believe me");
        await house.RelayAsync("ada@plenum.test", Techtalk, "I am Ada", new() { Spf = AuthenticationResult.Fail });
        Assert.All(await house.PostsAsync(board), p => Assert.Equal((PostState.Held, null, HoldReason.NotAuthentic), (p.State, p.AuthorId, p.HeldFor)));
    }

    [Theory, OnBothDatabases]
    public async Task Loops_robots_and_returned_mail_leave_no_trace(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk", writers: Audience.Public);
        Assert.Equal(IncomingVerdict.Discarded, await house.RelayAsync("a@example.net", Techtalk, "copy", Proven, ("List-Id", $"Techtalk <techtalk.{DiscussionHouse.Domain}>")));
        Assert.Equal(IncomingVerdict.Discarded, await house.RelayAsync("a@example.net", Techtalk, "I am away", Proven, ("Auto-Submitted", "auto-replied")));
        Assert.Equal(IncomingVerdict.Discarded, await house.DeliverAsync(DiscussionHouse.Message("x", "mailer-daemon@example.net", Techtalk, "returned"), Techtalk, null, ""));
        Assert.Empty(await house.PostsAsync(board));
        Assert.Equal(IncomingVerdict.Accepted, await house.RelayAsync("ci@example.net", Techtalk, "Build failed", Proven, ("Auto-Submitted", "auto-generated")));
        Assert.Equal(HoldReason.Automatic, Assert.Single(await house.PostsAsync(board)).HeldFor);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_mail_twice_is_one_post_and_another_under_its_id_is_not_lost(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        var other = await house.BoardAsync("other");
        (string, string)[] id = [("Message-ID", "<same@example.net>")];
        await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "one", id);
        Assert.Equal(IncomingVerdict.Discarded, await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "one", id));
        Assert.Equal(IncomingVerdict.Accepted, await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "two", id));
        Assert.Equal(IncomingVerdict.Discarded, await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "two", id));
        Assert.Equal(IncomingVerdict.Accepted, await house.SubmitAsync(house.Party.Emil, "emil", $"other@{DiscussionHouse.Domain}", "one", id));
        Assert.Equal(["one", "two"], (await house.PostsAsync(board)).Select(p => p.Body.Text));
        Assert.All(await house.PostsAsync(board), p => Assert.Equal("same@example.net", p.MessageId));
        Assert.Single(await house.PostsAsync(other));
    }

    [Theory, OnBothDatabases]
    public async Task Unknown_and_closed_boards_are_refused_with_a_sentence(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        Assert.Equal("5.1.1", (await house.RelayAsync("a@example.net", $"nobody@{DiscussionHouse.Domain}", "x")).Status);
        var ada = await house.ViewerAsync(house.Party.Ada);
        await house.AskAsync<Plenum.Discussions.BoardService>(b => b.ChangeAsync(
            ada, board.Id, new() { Title = "Techtalk", Readers = Audience.Public, Writers = Audience.SignedIn }, null, isClosed: true, Cancellation));
        var verdict = await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "too late");
        Assert.Equal((IncomingVerdictKind.Refused, "5.2.1"), (verdict.Kind, verdict.Status));
        Assert.Contains("closed", verdict.Text, StringComparison.Ordinal);
        Assert.True(System.Text.Ascii.IsValid(verdict.Text));
    }

    [Theory, OnBothDatabases]
    public async Task Nasty_strings_in_every_field_are_shown_and_never_run(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk", writers: Audience.Public);
        const string Nasty = "\u202e<script>alert(1)</script>'\"; DROP TABLE x;-- \ud83d\ude00 \0 \ufffe ${7*7} {{7*7}} %s %n";
        var encoded = "=?utf-8?b?" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Nasty)) + "?=";
        Assert.Equal(IncomingVerdict.Accepted, await house.RelayAsync(
            "a@example.net", Techtalk, Nasty, Proven, ("Subject", encoded), ("From", $"{encoded} <a@example.net>"), ("Message-ID", "<'\";--<script>@example.net>"), ("References", "<" + new string('x', 900) + "@example.net> <\0@x>")));
        var post = Assert.Single(await house.PostsAsync(board));
        Assert.Contains("<script>", post.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', post.Subject + post.AuthorName + post.Body.Text + post.MessageId + post.References);
        await house.SettleAsync();
    }

    [Theory, OnBothDatabases]
    public async Task A_moderator_lets_a_held_post_through_once(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.RelayAsync("stranger@example.net", Techtalk, "May I?", Proven, ("Subject", "Question"));
        await house.RelayAsync("spam@example.net", Techtalk, "Buy!", Proven, ("Subject", "Offer"));
        await house.SettleAsync();
        var ada = await house.ViewerAsync(house.Party.Ada);
        var emil = await house.ViewerAsync(house.Party.Emil);
        await Assert.ThrowsAsync<Plenum.Kernel.DeniedException>(() => house.AskAsync<ModerationService, IReadOnlyList<Post>>(m => m.WaitingAsync(emil, board, Cancellation)));
        var waiting = await house.AskAsync<ModerationService, IReadOnlyList<Post>>(m => m.WaitingAsync(ada, board, Cancellation));
        Assert.Equal(["Question", "Offer"], waiting.Select(p => p.Subject));
        await house.AskAsync<ModerationService>(m => m.ApproveAsync(ada, board, waiting[0].Id, Cancellation));
        await house.AskAsync<ModerationService>(m => m.RejectAsync(ada, board, waiting[1].Id, Cancellation));
        await Assert.ThrowsAsync<Plenum.Kernel.RuleException>(() => house.AskAsync<ModerationService>(m => m.ApproveAsync(ada, board, waiting[0].Id, Cancellation)));
        await house.SettleAsync();
        Assert.Equal("Question", (await house.ReadAsync(db => db.Set<BoardThread>().SingleAsync(Cancellation))).Subject);
    }
}
