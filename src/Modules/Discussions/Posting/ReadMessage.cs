using MimeKit;
using Plenum.Discussions.Domain;

namespace Plenum.Discussions.Posting;

/// <summary>A message as a board sees it. Its texts are fit for the database.</summary>
public sealed record ReadMessage
{
    public required PostHeader Header { get; init; }

    public required PostBody Body { get; init; }

    /// <summary>First mailbox of From, or of Sender; empty if there is none.</summary>
    public required string FromAddress { get; init; }

    public required string FromName { get; init; }

    /// <summary>Parts that are files, within <see cref="MessageReader.MaxFiles"/>.</summary>
    public required IReadOnlyList<MimePart> Files { get; init; }

    /// <summary>Auto-Submitted: auto-replied, or a null sender's mark: an answer of a machine (RFC 3834 §5).</summary>
    public bool IsAutoReply { get; init; }

    /// <summary>When the message says it was written; null if it does not say or nobody can mean it.</summary>
    public DateTime? Date { get; init; }
}
