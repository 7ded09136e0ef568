using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;

namespace Plenum.Discussions.Reading;

/// <summary>A board in the list of boards.</summary>
/// <param name="Unread">Threads with something new for the viewer.</param>
public sealed record BoardRow(Board Board, int Threads, DateTime? LastPostAt, int Unread);

/// <summary>A thread in the list of a board.</summary>
public sealed record ThreadRow(
    ThreadId Id, string Slug, string Subject, string StartedBy, DateTime StartedAt, string LastPostBy, DateTime LastPostAt, int Posts, bool IsUnread);

/// <summary>A page of a board's threads.</summary>
public sealed record ThreadList(IReadOnlyList<ThreadRow> Rows, int Total);

/// <summary>A post as pages and feeds show it.</summary>
/// <param name="Depth">Level below the first post, in the tree; 0 in the flat view.</param>
public sealed record PostRow(
    PostId Id, PostId? ParentId, string Hash, AccountId? AuthorId, string? AuthorLogin, string AuthorName, PostOrigin Origin, string Subject, DateTime PostedAt, int Depth = 0)
{
    /// <summary>Fragment of its address on the page.</summary>
    public string Anchor => "p" + Hash[..12];
}

/// <summary>A file of a post.</summary>
public sealed record FileRow(AttachmentId Id, string Name, string? ContentId, long SizeBytes);

/// <summary>A thread as someone opens it.</summary>
/// <param name="BoardReadUpTo">Before it everything on the board counts as read; null if they never opened the board.</param>
/// <param name="ThreadReadUpTo">The newest post of the thread they have seen; null if none.</param>
public sealed record OpenThread(BoardThread Thread, DateTime? BoardReadUpTo, DateTime? ThreadReadUpTo)
{
    /// <summary>Posts after it are new to the reader; null if nothing is to be marked.</summary>
    public DateTime? ReadUpTo => BoardReadUpTo > ThreadReadUpTo ? BoardReadUpTo : ThreadReadUpTo ?? BoardReadUpTo;
}

/// <summary>A page of a thread.</summary>
/// <param name="ReadUpTo">Posts after it are new to the viewer; null if nothing is to be marked.</param>
public sealed record ThreadPage(BoardThread Thread, IReadOnlyList<PostRow> Posts, int Total, int Page, DateTime? ReadUpTo);

/// <summary>Order of a thread's posts.</summary>
public enum ThreadView
{
    /// <summary>By time.</summary>
    Flat,

    /// <summary>Each below the one it answers.</summary>
    Tree,
}
