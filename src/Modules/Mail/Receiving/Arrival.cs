using System.Net;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>Who brings a message and for whom, once the envelope is complete.</summary>
internal sealed record ArrivalEnvelope
{
    public required SmtpEnvelope Smtp { get; init; }

    public required SmtpSessionFacts Session { get; init; }

    public required MailOrigin Origin { get; init; }

    public required IPAddress Client { get; init; }

    public AccountId? Submitter { get; init; }

    /// <summary>TLS version and cipher for the trace; null without TLS.</summary>
    public string? Cipher { get; init; }

    public required IReadOnlyList<LocalRecipient> Local { get; init; }

    /// <summary>Recipients elsewhere; only submitted mail has any.</summary>
    public required IReadOnlyList<SmtpRecipient> Remote { get; init; }
}

/// <summary>A message whose octets are on disk and that waits for its place in the database.</summary>
internal sealed record Arrival
{
    public required StoredBlob Blob { get; init; }

    /// <summary>What each claimant of a recipient is asked to take.</summary>
    public required IReadOnlyList<(string Claimant, IncomingMail Mail)> Deliveries { get; init; }

    /// <summary>What goes on to other servers; null if all recipients are ours.</summary>
    public QueuedMessage? Outgoing { get; init; }

    /// <summary>
    /// The message as it goes back to its sender, addressed to all recipients of ours, should some of them refuse it; null where nobody is told:
    /// what a stranger's reverse path says is no reason to write there.
    /// </summary>
    public QueuedMessage? Returnable { get; init; }

    /// <summary>What else belongs into the same transaction; null for nothing.</summary>
    public Func<PlenumDb, CancellationToken, Task>? Also { get; init; }
}
