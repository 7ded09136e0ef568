namespace Plenum.Discussions.Domain;

/// <summary>
/// Finds a post's place as the well-known algorithm does (jwz.org/doc/threading.html), one message at a time and in any order of arrival:
/// by the messages it refers to, by those that wait for it, else by its subject. Holds what is known of the messages concerned.
/// </summary>
/// <remarks>
/// Two threads become one only when the message turns up that posts of one of them said they answer: whoever names messages of
/// foreign threads in References joins one of them, and glues nothing together.
/// </remarks>
public sealed class ThreadPlaces
{
    /// <summary>Beyond it the same subject is a new matter.</summary>
    public static readonly TimeSpan SubjectMemory = TimeSpan.FromDays(60);

    private readonly Dictionary<string, (PostId Post, ThreadId Thread)> _posts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExpectedMessage> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<ThreadId, BoardThread> _threads = [];
    private readonly Dictionary<string, BoardThread> _bySubject = new(StringComparer.Ordinal);
    private readonly ILookup<string, Post> _children;
    private readonly Dictionary<string, List<Post>> _newChildren = new(StringComparer.Ordinal);

    /// <param name="posts">Messages of the board under the hashes concerned.</param>
    /// <param name="expected">Messages under those hashes that did not come.</param>
    /// <param name="children">Posts that say they answer one of the new messages.</param>
    /// <param name="threads">Every thread named by the former, and those with the subject of a new message.</param>
    public ThreadPlaces(
        IEnumerable<(string Hash, PostId Post, ThreadId Thread)> posts, IEnumerable<ExpectedMessage> expected, IEnumerable<Post> children, IEnumerable<BoardThread> threads)
    {
        foreach (var (hash, post, thread) in posts)
        {
            _posts[hash] = (post, thread);
        }

        foreach (var message in expected)
        {
            _expected[message.Hash] = message;
        }

        foreach (var thread in threads.OrderBy(t => t.LastPostAt))
        {
            _threads[thread.Id] = thread;
            Remember(thread);
        }

        _children = children.ToLookup(p => p.ParentHash!, StringComparer.Ordinal);
    }

    /// <summary>Threads that were begun; the caller saves them.</summary>
    public List<BoardThread> Begun { get; } = [];

    /// <summary>Messages newly waited for.</summary>
    public List<ExpectedMessage> NewlyExpected { get; } = [];

    /// <summary>Messages that have come and are waited for no more.</summary>
    public List<ExpectedMessage> Arrived { get; } = [];

    /// <summary>Threads whose posts must move to another.</summary>
    public List<(BoardThread From, BoardThread To)> Merged { get; } = [];

    public bool Knows(string hash) => _posts.ContainsKey(hash);

    /// <summary>Puts a post into its thread and remembers it for those that follow.</summary>
    public BoardThread Place(Post post)
    {
        ArgumentNullException.ThrowIfNull(post);
        var references = post.ReferenceList.Select(MessageHash.Of).ToList();
        references.RemoveAll(r => r == post.Hash); // A message that answers itself.
        var parent = Enumerable.Reverse(references).Where(_posts.ContainsKey).Select(r => ((PostId Post, ThreadId Thread)?)_posts[r]).FirstOrDefault();
        var thread = (parent is { } known ? ThreadOf(known.Thread) : null)
            ?? Enumerable.Reverse(references).Select(Waiting).OfType<BoardThread>().FirstOrDefault()
            ?? (references.Count == 0 ? BySubject(post) : null);
        var waiting = Waiting(post.Hash);
        if (thread is null && waiting is null)
        {
            thread = Begin(post);
        }
        else if (thread is null)
        {
            thread = waiting!;
            thread.Hear(post);
        }
        else
        {
            thread.Hear(post);
            if (waiting is not null && waiting.Id != thread.Id)
            {
                Merge(waiting, thread);
            }
        }

        post.StandIn(thread.Id, parent?.Post);
        Adopt(post, thread, references);
        Expect(post, thread, references);
        _posts[post.Hash] = (post.Id, thread.Id);
        return thread;
    }

    private BoardThread Begin(Post post)
    {
        var thread = new BoardThread(post);
        Begun.Add(thread);
        _threads[thread.Id] = thread;
        Remember(thread);
        return thread;
    }

    private void Merge(BoardThread from, BoardThread to)
    {
        from.MergeInto(to);
        Merged.Add((from, to));
        _threads[from.Id] = to;
        foreach (var message in _expected.Values.Where(e => e.ThreadId == from.Id))
        {
            message.ThreadId = to.Id;
        }
    }

    /// <summary>Those who said they answer this message hang below it now.</summary>
    private void Adopt(Post post, BoardThread thread, List<string> references)
    {
        foreach (var child in _children[post.Hash].Concat(_newChildren.GetValueOrDefault(post.Hash) ?? []))
        {
            if (child.Id != post.Id && !references.Contains(child.Hash)) // Two that claim to answer each other stay side by side.
            {
                child.StandIn(thread.Id, post.Id);
            }
        }

        if (post.ParentHash is { } missing && !_posts.ContainsKey(missing))
        {
            (_newChildren.TryGetValue(missing, out var siblings) ? siblings : _newChildren[missing] = []).Add(post);
        }
    }

    private void Expect(Post post, BoardThread thread, List<string> references)
    {
        if (_expected.Remove(post.Hash, out var arrived))
        {
            if (!NewlyExpected.Remove(arrived))
            {
                Arrived.Add(arrived);
            }
        }

        foreach (var hash in references.Where(r => !_posts.ContainsKey(r) && !_expected.ContainsKey(r)))
        {
            var message = new ExpectedMessage { BoardId = post.BoardId, Hash = hash, ThreadId = thread.Id };
            _expected[hash] = message;
            NewlyExpected.Add(message);
        }
    }

    private BoardThread? Waiting(string hash) => _expected.TryGetValue(hash, out var message) ? ThreadOf(message.ThreadId) : null;

    private BoardThread? ThreadOf(ThreadId id) => _threads.GetValueOrDefault(id);

    private BoardThread? BySubject(Post post)
        => SubjectLine.Read(post.Subject) is { IsReply: true, Key.Length: > 0 } subject
            && _bySubject.TryGetValue(subject.Key, out var thread)
            && thread.LastPostAt > post.PostedAt - SubjectMemory && thread.StartedAt < post.PostedAt + SubjectMemory
            ? thread : null;

    private void Remember(BoardThread thread)
    {
        if (thread.SubjectKey.Length > 0 && thread.MergedInto is null)
        {
            _bySubject[thread.SubjectKey] = thread;
        }
    }
}
