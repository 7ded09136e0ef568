using Plenum.Contracts.Mail;
using Plenum.Mail.Domain;

namespace Plenum.Mail.Operating;

/// <summary>A copy in the queue or the spool, as operators see it in the list.</summary>
public sealed record QueueRow(
    long Id, MailMessageId MessageId, string Address, string Source, RecipientState State, int Attempts, DateTime DueAt, DateTime CreatedAt, string LastStatus, string LastDiagnostic);

/// <summary>A queued message with its recipients, as operators see it.</summary>
/// <param name="Header">The header as it will be sent, without the lines of single copies; decoded as UTF-8.</param>
/// <param name="Text">The body as it is on the wire, for spooled mail of the demo only: mail of people is theirs.</param>
/// <param name="Rows">Its first copies.</param>
public sealed record QueueMessage(
    MailMessageId Id, string Source, string? Reference, long SizeBytes, DateTime CreatedAt, DateTime ExpiresAt, string Header, string? Text, IReadOnlyList<QueueRow> Rows, int Copies);

/// <summary>What operators look for.</summary>
/// <param name="State">Null: everything.</param>
/// <param name="Words">Part of an address or a domain; empty for all.</param>
public sealed record QueueFilter(RecipientState? State, string Words);
