namespace Plenum.Protocols.Mail.Threading;

/// <summary>What threading needs to know of a message.</summary>
/// <typeparam name="TKey">The caller's name of the message: a sequence number, a UID, a post id.</typeparam>
public sealed record ThreadMessage<TKey>(TKey Key)
{
    /// <summary>Message-ID without angle brackets; empty if it has none. Need not be unique: copies and forgeries are told apart.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>References, oldest first, or else what In-Reply-To names: see <see cref="MessageIds.References"/>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The Subject field; only read where threads are joined by subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>See <see cref="SentDate"/>.</summary>
    public DateTimeOffset Date { get; init; }
}
