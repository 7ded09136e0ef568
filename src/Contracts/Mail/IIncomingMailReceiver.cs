namespace Plenum.Contracts.Mail;

/// <summary>A module that claims addresses takes their mail here.</summary>
/// <remarks>Both questions are asked in a dependency scope of the SMTP transaction; the scoped PlenumDb is shared with the Mail module.</remarks>
public interface IIncomingMailReceiver
{
    /// <summary>Name of the claimant as it stands in the kernel's directory of addresses.</summary>
    string Claimant { get; }

    /// <summary>May this sender write to this address? Asked at RCPT time (RFC 5321 §3.3), so that a refusal reaches the right server.</summary>
    ValueTask<IncomingVerdict> DecideRecipientAsync(RecipientQuestion question, CancellationToken cancellation);

    /// <summary>
    /// Takes the message. Add what you keep to the scope's PlenumDb and do not save: the Mail module commits once for all receivers,
    /// and only then the client hears 250. Do slow work (search index, notifications, copies) in an outbox handler.
    /// </summary>
    ValueTask<IncomingVerdict> ReceiveAsync(IncomingMail mail, CancellationToken cancellation);
}

/// <summary>The envelope as far as it is known at RCPT time.</summary>
public sealed record RecipientQuestion
{
    public required string ReversePath { get; init; }

    public required IncomingRecipient Recipient { get; init; }

    public required MailOrigin Origin { get; init; }

    public Organisation.AccountId? Submitter { get; init; }
}

/// <summary>What the claimant says. A value, never an exception.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Status">Enhanced status code of a refusal (RFC 3463), e.g. "5.7.1".</param>
/// <param name="Text">One ASCII sentence for the person whose mail program shows it.</param>
public sealed record IncomingVerdict(IncomingVerdictKind Kind, string Status = "", string Text = "")
{
    public static IncomingVerdict Accepted { get; } = new(IncomingVerdictKind.Accepted);

    /// <summary>Taken and thrown away (a loop, a duplicate): the client hears 250.</summary>
    public static IncomingVerdict Discarded { get; } = new(IncomingVerdictKind.Discarded);

    /// <summary>Refused for good, e.g. ("5.7.1", "Only members of Bavaria may post here.").</summary>
    public static IncomingVerdict Refused(string status, string text) => new(IncomingVerdictKind.Refused, status, text);

    /// <summary>Cannot be taken now; the client tries again.</summary>
    public static IncomingVerdict TryLater(string status, string text) => new(IncomingVerdictKind.TryLater, status, text);
}

public enum IncomingVerdictKind
{
    Accepted,
    Discarded,
    Refused,
    TryLater,
}
