using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;

namespace Plenum.Discussions.Domain;

public enum PostState
{
    Published,

    /// <summary>A moderator decides.</summary>
    Held,

    /// <summary>A moderator said no; forgotten after a while.</summary>
    Rejected,
}

public enum PostOrigin
{
    Mail,
    Web,
    Import,
}

/// <summary>Why a post waits for a moderator.</summary>
public enum HoldReason
{
    None,

    /// <summary>The author may not write here.</summary>
    NotPermitted,

    /// <summary>Nobody vouches that the mail is of whom it says it is.</summary>
    NotAuthentic,

    /// <summary>A program wrote it.</summary>
    Automatic,
}

/// <summary>A contribution to a board, written on the web or by mail. What it says never changes; the message it came as lies unaltered in the blob store.</summary>
public sealed class Post
{
    public const int MaxNameLength = 120;
    public const int MaxReferencesLength = 4_000;
    private const int MaxChainLength = 4_000;

    private Post()
    {
    }

    public Post(BoardId board, PostOrigin origin, PostHeader header, PostAuthor author, DateTime utcNow)
    {
        Id = PostId.New();
        BoardId = board;
        Origin = origin;
        AuthorId = author.Account;
        AuthorName = StoredText.OneLine(author.Name, MaxNameLength) is { Length: > 0 } name ? name : "?";
        AuthorAddress = author.Address;
        MessageId = header.MessageId;
        Hash = header.Hash;
        ContentHash = header.ContentHash;
        References = string.Join(' ', header.References);
        ParentHash = header.References.Count > 0 ? MessageHash.Of(header.References[^1]) : null;
        Subject = StoredText.OneLine(header.Subject, SubjectLine.MaxLength);
        PostedAt = header.At;
        ReceivedAt = utcNow;
    }

    public PostId Id { get; private init; }

    public BoardId BoardId { get; private init; }

    /// <summary>Null while it is not published.</summary>
    public ThreadId? ThreadId { get; private set; }

    /// <summary>The post it answers, if that one is here.</summary>
    public PostId? ParentId { get; private set; }

    public PostState State { get; private set; } = PostState.Published;

    public HoldReason HeldFor { get; private set; }

    public PostOrigin Origin { get; private init; }

    public AccountId? AuthorId { get; private init; }

    /// <summary>As shown; the account's name at that time, or what the mail says.</summary>
    public string AuthorName { get; private init; } = "";

    /// <summary>Mailbox the author wrote from; empty on the web. Shown to moderators alone.</summary>
    public string AuthorAddress { get; private init; } = "";

    /// <summary>Message-ID without brackets, exactly as it came; made here if there was none.</summary>
    public string MessageId { get; private init; } = "";

    /// <summary>Its name on the web, unique on its board: <see cref="MessageHash.Of"/> the Message-ID.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>Tells a second delivery from another message with the same id.</summary>
    public string ContentHash { get; private init; } = "";

    /// <summary>Hash of the message it says it answers, known here or not.</summary>
    public string? ParentHash { get; private init; }

    /// <summary>Ids of the messages before it, oldest first, separated by spaces.</summary>
    public string References { get; private init; } = "";

    public string Subject { get; private init; } = "";

    /// <summary>When it appeared; for an import, when it was written.</summary>
    public DateTime PostedAt { get; private set; }

    public DateTime ReceivedAt { get; private init; }

    /// <summary>The whole message in the blob store.</summary>
    public string Blob { get; private set; } = "";

    public long SizeBytes { get; private set; }

    /// <summary>Copies keep the author's From: its domain does not ask receivers to refuse what it did not send itself (RFC 7489 §6.3).</summary>
    public bool KeepsFrom { get; private set; }

    /// <summary>What was found when the mail arrived, for the seal on its copies (RFC 8617); null for what was written here or signed in.</summary>
    public string? ChainResults { get; private set; }

    public AuthenticationResult ChainStatus { get; private set; }

    public int ChainInstances { get; private set; }

    public int Attachments { get; private set; }

    /// <summary>Its words; loaded only where they are shown.</summary>
    public PostBody Body { get; private set; } = null!;

    /// <summary>Key under which the blob store knows that the message is needed.</summary>
    public string BlobKey => $"post/{Id.Value:N}";

    public ReceivedChain? Chain => ChainResults is null ? null : new(ChainResults, ChainStatus, ChainInstances);

    public IReadOnlyList<string> ReferenceList => References.Length == 0 ? [] : References.Split(' ');

    /// <summary>The message as it came, or as it was made of a text from the web.</summary>
    public void Keep(string blob, long sizeBytes, bool keepsFrom) => (Blob, SizeBytes, KeepsFrom) = (blob, sizeBytes, keepsFrom);

    public void CameThrough(ReceivedChain chain)
        => (ChainResults, ChainStatus, ChainInstances) = (StoredText.Of(chain.Results, MaxChainLength), chain.Status, chain.Instances);

    public void Say(PostBody body, int attachments)
    {
        body.Of(Id);
        (Body, Attachments) = (body, attachments);
    }

    public void Hold(HoldReason reason) => (State, HeldFor) = (PostState.Held, reason);

    /// <summary>A moderator lets it through: it appears now.</summary>
    /// <exception cref="RuleException">It does not wait.</exception>
    public void Approve(DateTime utcNow)
    {
        RequireHeld();
        (State, PostedAt) = (PostState.Published, utcNow);
    }

    /// <exception cref="RuleException">It does not wait.</exception>
    public void Reject()
    {
        RequireHeld();
        State = PostState.Rejected;
    }

    /// <summary>Takes its place, or another when an earlier message turns up later.</summary>
    public void StandIn(ThreadId thread, PostId? parent) => (ThreadId, ParentId) = (thread, parent);

    private void RequireHeld()
    {
        if (State != PostState.Held)
        {
            throw new RuleException("discussions.post.not-held");
        }
    }
}

/// <summary>What the header of a message says.</summary>
/// <param name="References">Ids without brackets, oldest first; the last is the one it answers.</param>
/// <param name="At">UTC.</param>
public sealed record PostHeader(string MessageId, string Hash, string ContentHash, IReadOnlyList<string> References, string Subject, DateTime At);

/// <param name="Account">Only if it is sure.</param>
/// <param name="Address">Mailbox; empty on the web.</param>
public sealed record PostAuthor(AccountId? Account, string Name, string Address);
