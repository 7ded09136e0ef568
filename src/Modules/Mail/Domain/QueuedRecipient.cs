using Plenum.Contracts.Mail;

namespace Plenum.Mail.Domain;

/// <summary>What became of one recipient's copy so far. Text key <c>mail.state.NAME</c>.</summary>
public enum RecipientState
{
    /// <summary>To be tried at its due time.</summary>
    Pending,

    /// <summary>An operator stopped it; it waits.</summary>
    Held,

    /// <summary>The next host took it.</summary>
    Delivered,

    /// <summary>Kept for operators to see instead of leaving the house: the demo without a smart host.</summary>
    Spooled,

    /// <summary>Refused, expired or given up.</summary>
    Failed,

    /// <summary>Not sent on purpose: the address is suppressed, or an operator said so.</summary>
    Dropped,
}

/// <summary>One recipient of a queued message. State changes are written in batches by the queue's store.</summary>
public sealed class QueuedRecipient
{
    private QueuedRecipient()
    {
    }

    internal QueuedRecipient(MailMessageId message, int position, string address, string domain, DateTime utcNow)
    {
        MessageId = message;
        Position = position;
        Address = address;
        Domain = domain;
        DueAt = utcNow;
    }

    public long Id { get; private init; }

    public MailMessageId MessageId { get; private init; }

    /// <summary>Number within the message, from 0: part of the return path that tells bounces apart.</summary>
    public int Position { get; private init; }

    public string Address { get; private init; } = "";

    /// <summary>Domain of the address in lower case with A-labels.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Null: one is made for this copy. Empty: the null reverse path.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>Header lines only this copy has, each ended by CRLF; empty for none.</summary>
    public string Headers { get; init; } = "";

    /// <summary>The source's key of this recipient.</summary>
    public string? Reference { get; init; }

    /// <summary>NOTIFY of the submitter (RFC 3461 §4.1), e.g. "FAILURE,DELAY"; null leaves it to us.</summary>
    public string? Notify { get; init; }

    /// <summary>ORCPT of the submitter as it goes over the wire (RFC 3461 §4.2), e.g. "rfc822;ada@example.org".</summary>
    public string? OriginalRecipient { get; init; }

    public RecipientState State { get; private init; }

    public int Attempts { get; private init; }

    public DateTime DueAt { get; private init; }

    /// <summary>The node that works on it now; when that node is gone, another may.</summary>
    public long? LeasedBy { get; private init; }

    /// <summary>The submitter was told that it takes longer.</summary>
    public bool DelayReported { get; private init; }

    public DateTime? FinishedAt { get; private init; }

    /// <summary>Enhanced status code of the last attempt (RFC 3463).</summary>
    public string LastStatus { get; private init; } = "";

    /// <summary>What the other side said last, with its name.</summary>
    public string LastDiagnostic { get; private init; } = "";
}
