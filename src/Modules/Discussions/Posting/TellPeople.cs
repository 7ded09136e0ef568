using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Moderating;
using Plenum.Discussions.Showing;
using Plenum.Kernel.Data;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Outbox;

namespace Plenum.Discussions.Posting;

/// <summary>A post waits for a moderator.</summary>
public sealed record PostHeld(PostId Post, BoardId Board);

/// <summary>What people are told of beside the mails they subscribed to.</summary>
internal static class DiscussionTopics
{
    public static NotificationTopic Reply { get; } = new("discussions.reply", NotificationWay.Web);

    public static NotificationTopic Held { get; } = new("discussions.held", NotificationWay.MailAtOnce);
}

/// <summary>Tells an author that someone answered.</summary>
internal sealed class TellAuthor(PlenumDb db, BoardDirectory boards, Notifications notifications) : IEventHandler<PostPublished>
{
    public async Task HandleAsync(PostPublished happened, CancellationToken cancellation)
    {
        var found = await (from p in db.Set<Post>()
                           join parent in db.Set<Post>() on p.ParentId equals parent.Id
                           join body in db.Set<PostBody>() on p.Id equals body.PostId
                           where p.Id == happened.Post && parent.AuthorId != null && (p.AuthorId == null || p.AuthorId != parent.AuthorId)
                           select new { Post = p, Author = parent.AuthorId, body.Text }).AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (found is not null && (await boards.TableAsync(cancellation)).Find(happened.Board) is { } board)
        {
            notifications.Publish(db, new()
            {
                Topic = DiscussionTopics.Reply.Name,
                Key = found.Post.Id.ToString(),
                TextKey = "discussions.notify.reply",
                Args = [found.Post.AuthorName, SubjectLine.Read(found.Post.Subject).Plain],
                Link = $"{board.Path}/posts/{found.Post.Hash}",
                Excerpt = PlainWords.Of(found.Text),
                Accounts = [found.Author!.Value],
            });
        }
    }
}

/// <summary>Tells the people behind a board that a post waits for them.</summary>
internal sealed class TellModerators(PlenumDb db, BoardDirectory boards, BoardKeepers keepers, Notifications notifications) : IEventHandler<PostHeld>
{
    public async Task HandleAsync(PostHeld happened, CancellationToken cancellation)
    {
        var post = await db.Set<Post>().AsNoTracking().Include(p => p.Body).SingleOrDefaultAsync(p => p.Id == happened.Post && p.State == PostState.Held, cancellation);
        if (post is null || (await boards.TableAsync(cancellation)).Find(happened.Board) is not { } board || await keepers.OfAsync(board, cancellation) is not [_, ..] people)
        {
            return;
        }

        notifications.Publish(db, new()
        {
            Topic = DiscussionTopics.Held.Name,
            Key = post.Id.ToString(),
            TextKey = "discussions.notify.held",
            Args = [post.AuthorName, board.Title],
            Link = $"{board.Path}/moderation",
            Excerpt = $"{post.Subject}: {PlainWords.Of(post.Body.Text)}",
            Accounts = [.. people.Select(p => p.Id)],
        });
    }
}
