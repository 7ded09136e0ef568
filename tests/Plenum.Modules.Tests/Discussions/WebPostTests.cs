using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

/// <summary>What is written on the web.</summary>
public sealed class WebPostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_answer_from_the_web_is_a_well_formed_mail_in_the_right_thread(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await house.SubmitAsync(house.Party.Dilek, "dilek", $"techtalk@{DiscussionHouse.Domain}", "Wer hilft?", ("Subject", "=?utf-8?q?Umz=C3=BCge?="), ("Message-ID", "<first@example.net>"), ("References", "<older@example.net>"));
        var first = Assert.Single(await house.PostsAsync(board));
        var emil = await house.ViewerAsync(house.Party.Emil);
        var written = await house.AskAsync<PostService, WrittenPost>(p => p.ReplyAsync(emil, board, first.Id, "**Ich** helfe – gern!\n\n> Wer hilft?", Cancellation));
        Assert.Equal(first.ThreadId, written.Thread);
        using var message = await RawAsync(house, board, written.Id);
        Assert.Equal("Re: Umzüge", message.Subject);
        Assert.Equal("first@example.net", message.InReplyTo);
        Assert.Equal(["older@example.net", "first@example.net"], message.References);
        Assert.Equal(("Emil Ebner via Techtalk", $"techtalk@{DiscussionHouse.Domain}"), (message.From.Mailboxes.Single().Name, message.From.Mailboxes.Single().Address));
        Assert.Contains("**Ich** helfe – gern!", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<strong>Ich</strong>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"/boards/techtalk/posts/{written.Hash}", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", message.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Only_those_who_may_write_write(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var members = Audience.MembersOf(house.Party.Bavaria);
        var bavaria = await house.BoardAsync("bayern", members, members, unit: house.Party.Bavaria);
        var news = await house.BoardAsync("news", isAnnounceOnly: true);
        var gero = await house.ViewerAsync(house.Party.Gero);
        var emil = await house.ViewerAsync(house.Party.Emil);
        var guest = await house.Kernel.Get<ViewerSource>().GuestAsync(Cancellation);
        await Assert.ThrowsAsync<DeniedException>(() => Begin(gero, bavaria));
        await Assert.ThrowsAsync<DeniedException>(() => Begin(guest, bavaria));
        await Assert.ThrowsAsync<DeniedException>(() => Begin(emil, news));
        await Begin(emil, bavaria);
        await Begin(await house.ViewerAsync(house.Party.Ada), news);

        Task Begin(Viewer viewer, Board board) => house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(viewer, board, "Subject", "Text", Cancellation));
    }

    [Theory]
    [InlineData("", "text", "discussions.post.subject-length")]
    [InlineData("   ", "text", "discussions.post.subject-length")]
    [InlineData("subject", " \n ", "discussions.post.text-length")]
    public async Task What_is_missing_is_said(string subject, string text, string key)
    {
        await using var house = await DiscussionHouse.StartAsync(DatabaseProvider.SQLite);
        var board = await house.BoardAsync("techtalk");
        var emil = await house.ViewerAsync(house.Party.Emil);
        var broken = await Assert.ThrowsAsync<RuleException>(() => house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, subject, text, Cancellation)));
        Assert.Equal(key, broken.Key);
    }

    [Theory, OnBothDatabases]
    public async Task Files_go_with_the_post_that_names_them(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        var emil = await house.ViewerAsync(house.Party.Emil);
        var gero = await house.ViewerAsync(house.Party.Gero);
        var file = await house.AskAsync<UploadService, Attachment>(u => u.PutAsync(emil, board, "../Plan ä.png", "image/png", new MemoryStream([0x89, 0x50]), Cancellation));
        var text = $"See ![plan]({UploadService.HrefOf(board, file.Id, file.Name)})";
        await house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(gero, board, "Not mine", text, Cancellation));
        Assert.Null((await FileAsync(house)).PostId);
        var written = await house.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, "Mine", text, Cancellation));
        Assert.Equal(written.Id, (await FileAsync(house)).PostId);
        using var message = await RawAsync(house, board, written.Id);
        Assert.Equal("Plan ä.png", Assert.Single(message.Attachments).ContentDisposition?.FileName);
        Assert.Contains("http://localhost:8080/boards/techtalk/files/", message.TextBody, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_floods_a_board(DatabaseProvider provider)
    {
        await using var kernel = await DiscussionHouse.StartAsync(provider);
        var board = await kernel.BoardAsync("techtalk");
        var emil = await kernel.ViewerAsync(kernel.Party.Emil);
        for (var i = 0; i < 60; i++)
        {
            await kernel.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, "Again", "and again", Cancellation));
        }

        Assert.Equal("discussions.post.too-many", (await Assert.ThrowsAsync<RuleException>(
            () => kernel.AskAsync<PostService, WrittenPost>(p => p.BeginAsync(emil, board, "Again", "and again", Cancellation)))).Key);
    }

    [Fact]
    public void A_quotation_leaves_older_quotes_and_the_signature_out()
        => Assert.Equal("Ada wrote:\n\n> one\n>\n> two\n\n", Quotation.Of("> old\n\none\n\n\ntwo\n\n-- \nAda", "Ada wrote:"));

    private static Task<Attachment> FileAsync(DiscussionHouse house) => house.ReadAsync(db => db.Set<Attachment>().AsNoTracking().SingleAsync(Cancellation));

    private static async Task<MimeMessage> RawAsync(DiscussionHouse house, Board board, PostId id)
    {
        var post = (await house.PostsAsync(board)).Single(p => p.Id == id);
        await using var raw = await house.Kernel.Get<Blobs>().OpenAsync(BlobHash.Parse(post.Blob), Cancellation);
        return await MimeMessage.LoadAsync(raw, Cancellation);
    }
}
