using Plenum.Contracts.Mail;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Queue;

/// <summary>What became of one attempt at a copy.</summary>
internal sealed record CopyOutcome
{
    public const int MaxDiagnostic = 500;

    public required LeasedCopy Copy { get; init; }

    /// <summary><see cref="RecipientState.Pending"/>: it is tried again.</summary>
    public required RecipientState State { get; init; }

    /// <summary>Enhanced status code, empty if none was given.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the other side said, with its code.</summary>
    public string Diagnostic { get; init; } = "";

    /// <summary>Name of the other side; empty for ourselves.</summary>
    public string RemoteHost { get; init; } = "";

    /// <summary>What a failure says about the address.</summary>
    public DeliveryOutcome Failure { get; init; }

    /// <summary>The other host makes no reports of success (RFC 3461 §5.2.2), so we say "relayed" where one was wanted.</summary>
    public bool IsRelayedSilently { get; init; }

    public static CopyOutcome Of(LeasedCopy copy, SmtpReply reply, string remoteHost) => new()
    {
        Copy = copy,
        State = reply.IsPositive ? RecipientState.Delivered : reply.IsPermanent ? RecipientState.Failed : RecipientState.Pending,
        Status = reply.Status?.ToString() ?? "",
        Diagnostic = Cut(reply.ToString()),
        RemoteHost = remoteHost,
        Failure = FailureClass.Of(reply),
    };

    public static CopyOutcome Later(LeasedCopy copy, string status, string why, string remoteHost = "") => new()
    {
        Copy = copy,
        State = RecipientState.Pending,
        Status = status,
        Diagnostic = Cut(why),
        RemoteHost = remoteHost,
        Failure = DeliveryOutcome.Expired,
    };

    public static CopyOutcome Failed(LeasedCopy copy, string status, string why, DeliveryOutcome failure = DeliveryOutcome.AddressFailed, string remoteHost = "") => new()
    {
        Copy = copy,
        State = RecipientState.Failed,
        Status = status,
        Diagnostic = Cut(why),
        RemoteHost = remoteHost,
        Failure = failure,
    };

    private static string Cut(string text) => text.Length <= MaxDiagnostic ? text : text[..MaxDiagnostic];
}

/// <summary>What a refusal says about the address, so that lists count the right ones.</summary>
internal static class FailureClass
{
    public static DeliveryOutcome Of(SmtpReply reply) => (reply.Status?.Subject, reply.Status?.Detail, reply.Code) switch
    {
        (1, 8 or 7, _) => DeliveryOutcome.PolicyRefused, // The sender's address, not the recipient's.
        (1, _, _) or (2, 1, _) => DeliveryOutcome.AddressFailed,
        (2, _, _) => DeliveryOutcome.Expired,
        (3 or 5 or 6 or 7, _, _) => DeliveryOutcome.PolicyRefused,
        (4, _, _) => DeliveryOutcome.AddressFailed,
        (_, _, 552) => DeliveryOutcome.Expired,
        (_, _, 550 or 551 or 553) => DeliveryOutcome.AddressFailed,
        _ => DeliveryOutcome.PolicyRefused,
    };
}
