namespace Plenum.Protocols.Mail.Threading;

/// <summary>
/// Which message counts first where messages contradict each other: two with one Message-ID, references in a circle. Whatever the order in which
/// messages are added, the same forest comes out.
/// </summary>
public enum ThreadOrder
{
    /// <summary>By key: IMAP's mailbox order, if keys are sequence numbers or UIDs.</summary>
    Key,

    /// <summary>By sent date, Message-ID, key: what the messages say decides, not when they arrived.</summary>
    SentDate,
}
