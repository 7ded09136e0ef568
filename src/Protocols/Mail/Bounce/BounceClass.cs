namespace Plenum.Protocols.Mail.Bounce;

/// <summary>What a bounce means for whoever sends to that address again.</summary>
public enum BounceClass
{
    /// <summary>No bounce: a letter from a person, a report of success, a report about something else.</summary>
    NotABounce,

    /// <summary>The address is dead: unknown, closed, moved, or its domain is unknown or takes no mail. Said only where the bounce says so itself.</summary>
    Hard,

    /// <summary>Trouble that may pass, or nobody knows: hosts down, loops, errors of the systems between, delays.</summary>
    Soft,

    /// <summary>The message, the sender or the way it came was refused: spam, authentication, reputation, size, relaying. The address may be fine.</summary>
    Policy,

    /// <summary>The mailbox is over its quota.</summary>
    Full,

    /// <summary>The recipient's robot answered: the mail arrived.</summary>
    Vacation,

    /// <summary>The recipient wants no more of this mail.</summary>
    Complaint,
}
