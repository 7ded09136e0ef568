namespace Plenum.Discussions.Domain;

/// <summary>Posts that answer each other.</summary>
public sealed class BoardThread
{
    private const int MaxSlugWords = 60;

    private BoardThread()
    {
    }

    /// <summary>A thread begins with a post.</summary>
    public BoardThread(Post first)
    {
        Id = ThreadId.New();
        BoardId = first.BoardId;
        var subject = SubjectLine.Read(first.Subject);
        Subject = subject.Plain;
        SubjectKey = subject.Key;
        var words = Kernel.Organisation.Slug.From(subject.Key).Value;
        Slug = $"{(words.Length > MaxSlugWords ? words[..MaxSlugWords].Trim('-') : words)}-{first.Hash[..8].ToLowerInvariant()}";
        FirstPostId = LastPostId = first.Id;
        StartedBy = LastPostBy = first.AuthorName;
        StartedAt = LastPostAt = first.PostedAt;
        Posts = 1;
    }

    public ThreadId Id { get; private init; }

    public BoardId BoardId { get; private init; }

    /// <summary>Its address below the board, unique there.</summary>
    public string Slug { get; private init; } = "";

    /// <summary>Subject of its first post without "Re:"; may be empty.</summary>
    public string Subject { get; private set; } = "";

    /// <summary><see cref="SubjectLine.Key"/>: finds the thread for answers whose program writes no references.</summary>
    public string SubjectKey { get; private set; } = "";

    public PostId FirstPostId { get; private set; }

    public PostId LastPostId { get; private set; }

    public string StartedBy { get; private set; } = "";

    public DateTime StartedAt { get; private set; }

    public string LastPostBy { get; private set; } = "";

    public DateTime LastPostAt { get; private set; }

    public int Posts { get; private set; }

    /// <summary>Its posts moved there: an earlier message turned up that both belong to.</summary>
    public ThreadId? MergedInto { get; private set; }

    /// <summary>Address on the web, from the root of the site.</summary>
    public string PathOn(Board board) => $"{board.Path}/{Slug}";

    /// <summary>A post joined. Counts of posts that came at the same moment are put right by <see cref="Recount"/>.</summary>
    public void Hear(Post post)
    {
        Posts++;
        if (post.PostedAt >= LastPostAt)
        {
            (LastPostId, LastPostBy, LastPostAt) = (post.Id, post.AuthorName, post.PostedAt);
        }

        if (post.PostedAt < StartedAt)
        {
            Begin(post);
        }
    }

    /// <summary>What the rows of its posts say.</summary>
    public void Recount(int posts, Post first, Post last)
    {
        Posts = posts;
        (LastPostId, LastPostBy, LastPostAt) = (last.Id, last.AuthorName, last.PostedAt);
        if (first.Id != FirstPostId)
        {
            Begin(first);
        }
    }

    public void MergeInto(BoardThread other)
    {
        MergedInto = other.Id;
        Posts = 0;
    }

    private void Begin(Post first)
    {
        var subject = SubjectLine.Read(first.Subject);
        (Subject, SubjectKey) = (subject.Plain, subject.Key);
        (FirstPostId, StartedBy, StartedAt) = (first.Id, first.AuthorName, first.PostedAt);
    }
}

/// <summary>A message that posts of a thread refer to and that has not come (yet).</summary>
public sealed class ExpectedMessage
{
    public required BoardId BoardId { get; init; }

    public required string Hash { get; init; }

    public required ThreadId ThreadId { get; set; }
}
