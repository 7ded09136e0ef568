namespace Plenum.Discussions.Domain;

/// <summary>The addresses of a board: the one for posts, and those whose names every list member knows from other lists.</summary>
public enum BoardMailboxKind
{
    /// <summary>BOARD@: posts.</summary>
    Posts,

    /// <summary>BOARD-request@: commands in subject or text.</summary>
    Request,

    /// <summary>BOARD-owner@: the people who look after it.</summary>
    Owner,

    /// <summary>BOARD-bounces@: returned copies.</summary>
    Bounces,

    Subscribe,

    Unsubscribe,

    /// <summary>BOARD-confirm+TOKEN@: the answer to a confirmation mail.</summary>
    Confirm,
}

/// <summary>Reads and writes the local parts of a board's addresses.</summary>
public static class BoardMailbox
{
    private static readonly (string Suffix, BoardMailboxKind Kind)[] Suffixes =
    [
        ("-request", BoardMailboxKind.Request),
        ("-owner", BoardMailboxKind.Owner),
        ("-bounces", BoardMailboxKind.Bounces),
        ("-subscribe", BoardMailboxKind.Subscribe),
        ("-join", BoardMailboxKind.Subscribe),
        ("-unsubscribe", BoardMailboxKind.Unsubscribe),
        ("-leave", BoardMailboxKind.Unsubscribe),
        ("-confirm", BoardMailboxKind.Confirm),
    ];

    /// <summary>"techtalk-leave" is the command Unsubscribe of "techtalk"; a name without such an end is for posts.</summary>
    public static (string Board, BoardMailboxKind Kind) Read(string localPart)
    {
        ArgumentNullException.ThrowIfNull(localPart);
        foreach (var (suffix, kind) in Suffixes)
        {
            if (localPart.Length > suffix.Length && localPart.EndsWith(suffix, StringComparison.Ordinal))
            {
                return (localPart[..^suffix.Length], kind);
            }
        }

        return (localPart, BoardMailboxKind.Posts);
    }

    /// <summary>The address for a purpose, with a token where it needs one.</summary>
    public static string Write(Board board, BoardMailboxKind kind, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        var suffix = kind == BoardMailboxKind.Posts ? "" : Array.Find(Suffixes, s => s.Kind == kind).Suffix;
        return $"{board.LocalPart}{suffix}{(token is null ? "" : "+" + token)}@{board.Domain}";
    }

    /// <summary>Such a board name could not be told from another board's command.</summary>
    public static bool EndsLikeCommand(string localPart) => Read(localPart).Kind != BoardMailboxKind.Posts;
}
