namespace Plenum.Protocols.Mail.Sieve;

/// <summary>What a script wants done with a message.</summary>
public abstract record SieveAction
{
    private SieveAction()
    {
    }

    /// <summary>Into the inbox.</summary>
    /// <param name="Flags">IMAP flags to set (RFC 5232).</param>
    public sealed record Keep(IReadOnlyList<string> Flags) : SieveAction;

    /// <param name="Creates">Make the mailbox if it is missing (RFC 5490).</param>
    public sealed record FileInto(string Mailbox, bool Creates, IReadOnlyList<string> Flags) : SieveAction;

    /// <summary>Send the message on, its sender unchanged. Loops are the caller's to stop.</summary>
    public sealed record Redirect(string Address) : SieveAction;

    /// <summary>Refuse the message (RFC 5429).</summary>
    /// <param name="AtProtocol">ereject: in the SMTP dialogue where that is still possible, never by a mail to a forged sender.</param>
    public sealed record Reject(string Reason, bool AtProtocol) : SieveAction;

    /// <summary>Answer the sender, if <see cref="VacationRules"/> allows and the same sender was not answered within the interval (RFC 5230).</summary>
    /// <param name="Subject">Null: made from the message's own.</param>
    /// <param name="From">Null: the owner's address.</param>
    /// <param name="Addresses">Further addresses of the owner.</param>
    /// <param name="IsMime">The reason is a MIME entity with its headers.</param>
    /// <param name="Handle">What tells this answer from others to the same sender: as given, or made of the texts.</param>
    public sealed record Vacation(
        string Reason, TimeSpan Interval, string? Subject, string? From, IReadOnlyList<string> Addresses, bool IsMime, string Handle) : SieveAction;
}

/// <summary>What is to be done with a message.</summary>
/// <param name="Actions">In the order of the script. Without any the message is discarded.</param>
/// <param name="Failure">What stopped the script, or null. Then the message is kept, whatever was asked before (RFC 5228 §2.10.6).</param>
public sealed record SieveOutcome(IReadOnlyList<SieveAction> Actions, string? Failure);
