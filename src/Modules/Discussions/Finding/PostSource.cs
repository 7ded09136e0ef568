using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Ui.Markdown;

namespace Plenum.Discussions.Finding;

/// <summary>What the search finds of a post: subject, author, words. Who may find it is who may read the board.</summary>
internal static class PostDocument
{
    public static SearchDocument Of(Board board, Post post, PostBody body, string unitPath)
        => new(
            DiscussionsModule.Name, $"{board.Id.Value:N}/{post.Id.Value:N}", $"{board.Path}/posts/{post.Hash}", unitPath, board.Language,
            post.Subject, $"{post.AuthorName}: {(body.Format == BodyFormat.Markdown ? MarkdownRenderer.TextOf(body.Text) : body.Text)}", post.PostedAt, board.ReaderAudienceId);
}

/// <summary>Every post, for building the index anew.</summary>
internal sealed class PostSource(PlenumDb db, BoardDirectory boards, Access access) : ISearchSource
{
    public string Service => DiscussionsModule.Name;

    public async IAsyncEnumerable<SearchDocument> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        foreach (var board in (await boards.TableAsync(cancellation)).All)
        {
            await foreach (var document in OfAsync(board, tree.Find(board.UnitId)?.Path ?? "", cancellation))
            {
                yield return document;
            }
        }
    }

    /// <summary>In batches by time: the reader may write between them, and memory stays bounded.</summary>
    internal async IAsyncEnumerable<SearchDocument> OfAsync(Board board, string unitPath, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const int BatchSize = 200;
        var (from, seen) = (DateTime.MinValue, new HashSet<PostId>());
        while (true)
        {
            var skipped = seen.ToArray();
            var batch = await db.Set<Post>().AsNoTracking().Include(p => p.Body)
                .Where(p => p.BoardId == board.Id && p.State == PostState.Published && p.PostedAt >= from && !skipped.Contains(p.Id))
                .OrderBy(p => p.PostedAt).ThenBy(p => p.Id).Take(BatchSize).ToListAsync(cancellation);
            foreach (var post in batch)
            {
                yield return PostDocument.Of(board, post, post.Body, unitPath);
            }

            if (batch.Count < BatchSize)
            {
                yield break;
            }

            from = batch[^1].PostedAt;
            seen = [.. batch.Where(p => p.PostedAt == from).Select(p => p.Id), .. from == batch[0].PostedAt ? seen : []];
        }
    }
}

/// <summary>Enters a new post into the index.</summary>
internal sealed class IndexPost(PlenumDb db, BoardDirectory boards, Access access, SearchIndex index) : IEventHandler<PostPublished>
{
    public async Task HandleAsync(PostPublished happened, CancellationToken cancellation)
    {
        var post = await db.Set<Post>().AsNoTracking().Include(p => p.Body).SingleOrDefaultAsync(p => p.Id == happened.Post, cancellation);
        if (post is { State: PostState.Published } && (await boards.TableAsync(cancellation)).Find(happened.Board) is { } board)
        {
            var path = (await access.TreeAsync(cancellation)).Find(board.UnitId)?.Path ?? "";
            await index.PutAsync(db, PostDocument.Of(board, post, post.Body, path), cancellation);
        }
    }
}

/// <summary>A board with other readers: its posts are found by those alone from now on.</summary>
internal sealed class IndexBoard(PlenumDb db, BoardDirectory boards, Access access, SearchIndex index) : IEventHandler<BoardChanged>
{
    public async Task HandleAsync(BoardChanged happened, CancellationToken cancellation)
    {
        if ((await boards.TableAsync(cancellation)).Find(happened.Board) is { } board)
        {
            var path = (await access.TreeAsync(cancellation)).Find(board.UnitId)?.Path ?? "";
            await index.ReassignAsync(db, DiscussionsModule.Name, $"{board.Id.Value:N}/", board.ReaderAudienceId, path, cancellation);
        }
    }
}
