using Plenum.Mail.Domain;

namespace Plenum.Mail.Queue;

/// <summary>A copy this node has taken out of the queue to deliver it.</summary>
internal sealed record LeasedCopy
{
    public required long Id { get; init; }

    public required QueuedMessage Message { get; init; }

    public required int Position { get; init; }

    public required string Address { get; init; }

    public required string Domain { get; init; }

    /// <summary>As it goes into MAIL FROM; empty for the null path.</summary>
    public required string ReturnPath { get; init; }

    public required string Headers { get; init; }

    public string? Reference { get; init; }

    public string? Notify { get; init; }

    public string? OriginalRecipient { get; init; }

    /// <summary>Attempts made before this one.</summary>
    public int Attempts { get; init; }

    public bool DelayReported { get; init; }

    /// <summary>The runner took it and counts it among what is outstanding.</summary>
    public bool IsCounted { get; init; }

    public static LeasedCopy Of(QueuedRecipient row, QueuedMessage message, string returnPath) => new()
    {
        Id = row.Id,
        Message = message,
        Position = row.Position,
        Address = row.Address,
        Domain = row.Domain,
        ReturnPath = returnPath,
        Headers = row.Headers,
        Reference = row.Reference,
        Notify = row.Notify,
        OriginalRecipient = row.OriginalRecipient,
        Attempts = row.Attempts,
        DelayReported = row.DelayReported,
    };
}
