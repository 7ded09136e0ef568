using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Mail.Domain;
using Plenum.Mail.Submission;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>Takes a message from the wire to the disk: header looked at, body streamed, sender checked, receivers asked, all committed.</summary>
internal sealed class MessageIntake(
    IBlobStore store, SenderChecks checks, SubmissionRules submission, ArrivalDesk desk, MailNames names, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>RFC 5321 §6.3: "at least 100"; real paths have up to 20, and a loop is worth stopping early.</summary>
    private const int MaxHops = 50;

    private const int RoomForTrace = 4 * 1024;
    private static readonly SmtpReply Loop = new(554, "5.4.6", "The message has been through too many servers: a loop");
    private static readonly SmtpReply HeaderTooLarge = new(552, "5.3.4", $"The header is larger than {MessageHead.MaxOctets} octets");
    private static readonly SmtpReply Forgery = new(550, "5.7.26", "The sender's domain asks to refuse this: neither SPF nor DKIM proves it (DMARC)");

    public async ValueTask<SmtpReply> TakeAsync(ArrivalEnvelope envelope, Stream content, CancellationToken cancellation)
    {
        if (await MessageHead.ReadAsync(content, cancellation) is not { } head)
        {
            return HeaderTooLarge;
        }

        if (head.Header.PositionsOf("Received").Count > MaxHops)
        {
            return Loop;
        }

        var id = MailMessageId.New();
        var header = head.Octets;
        if (envelope.Submitter is { } submitter)
        {
            if (await submission.RefuseAsync(head.Header, submitter, cancellation) is { } refusal)
            {
                return refusal;
            }

            header = submission.Complete(head, id, (await names.MainDomainAsync(cancellation)));
        }

        var now = clock.GetUtcNow();
        var returnPath = Encoding.UTF8.GetBytes($"Return-Path: <{envelope.Smtp.ReversePath.Address}>\r\n");
        var trace = Encoding.UTF8.GetBytes(Trace(envelope, id, now));
        using var check = envelope.Origin is MailOrigin.Relay && options.Value.ChecksSenders
            ? checks.Begin(head.Header, envelope.Client, envelope.Session.HelloName, envelope.Smtp.ReversePath.Address)
            : null;
        await using var arriving = new ArrivingStream([returnPath, trace, header], head.BodyStart, content, check);
        // A stop ends what is still to be read; what was read whole is kept, so that it need not come again.
        var blob = await store.PutAsync(arriving, options.Value.MaxMessageBytes + MessageHead.MaxOctets + RoomForTrace, CancellationToken.None);
        var findings = check is null ? null : await check.FinishAsync(cancellation);
        if (findings is { IsForgery: true } && options.Value.RefusesForgeries)
        {
            return Forgery;
        }

        var arrival = Describe(envelope, HeaderBlock.Parse(header), blob, returnPath.Length, findings?.Authentication ?? new(), now.UtcDateTime);
        var reply = await desk.CommitAsync(arrival);
        return reply.IsPositive ? new(250, "2.0.0", string.Create(CultureInfo.InvariantCulture, $"Accepted as {id}")) : reply;
    }

    private Arrival Describe(
        ArrivalEnvelope envelope, HeaderBlock header, StoredBlob blob, int returnPathLength, SenderAuthentication authentication, DateTime now)
    {
        var readable = IncomingHeaderReader.Read(header, envelope.Smtp.ReversePath.IsNull);
        return new()
        {
            Blob = blob,
            Deliveries =
            [
                .. envelope.Local.GroupBy(r => r.Claimant, StringComparer.Ordinal).Select(group => (group.Key, new IncomingMail
                {
                    ReversePath = envelope.Smtp.ReversePath.Address,
                    Recipients = [.. group.Select(r => r.Recipient).DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase)],
                    Blob = blob.Hash.Hex,
                    SizeBytes = blob.Length,
                    ReceivedAt = now,
                    Origin = envelope.Origin,
                    Submitter = envelope.Submitter,
                    Client = envelope.Client,
                    Header = readable,
                    Authentication = authentication,
                })),
            ],
            Outgoing = envelope.Remote.Count == 0 ? null : Outgoing(envelope, envelope.Remote.Select(r => (r.Path.Address, r)), blob, returnPathLength, readable, now),
            Returnable = !IsSenderProven(envelope, authentication) ? null
                : Outgoing(envelope, envelope.Local.Select(r => (r.Recipient.Address, r.Envelope)), blob, returnPathLength, readable, now),
        };
    }

    private static bool IsSenderProven(ArrivalEnvelope envelope, SenderAuthentication authentication)
        => envelope.Submitter is not null || authentication.Spf is AuthenticationResult.Pass;

    private QueuedMessage Outgoing(
        ArrivalEnvelope envelope, IEnumerable<(string Address, SmtpRecipient Said)> recipients, StoredBlob blob, int returnPathLength, IncomingHeader header, DateTime now)
    {
        var smtp = envelope.Smtp;
        var message = new QueuedMessage(SubmissionRules.Source, blob.Hash.Hex, blob.Length, now, now + options.Value.QueueLifetime)
        {
            SkippedOctets = returnPathLength,
            Domain = header.From is [var author, ..] ? author[(author.LastIndexOf('@') + 1)..].ToLowerInvariant() : "",
            EnvelopeId = smtp.EnvelopeId,
            ReturnsHeadersOnly = smtp.Return is DsnReturn.Headers,
        };
        foreach (var (address, said) in recipients.DistinctBy(r => r.Address, StringComparer.OrdinalIgnoreCase))
        {
            message.Add(
                address, said.Path.Domain, returnPath: smtp.ReversePath.Address,
                notify: said.Notify is DsnNotify.Unspecified ? null : DsnParameters.Format(said.Notify), originalRecipient: said.OriginalRecipient?.ToOrcpt());
        }

        return message;
    }

    private string Trace(ArrivalEnvelope envelope, MailMessageId id, DateTimeOffset now) => new ReceivedField
    {
        // Where a member writes from is nobody's business; the id leads an operator to it.
        HelloName = envelope.Submitter is null ? envelope.Session.HelloName : "submission",
        Client = envelope.Submitter is null ? envelope.Client : null,
        By = names.HostName,
        IsExtended = envelope.Session.IsExtended,
        IsEncrypted = envelope.Session.IsEncrypted,
        IsSignedIn = envelope.Session.IsSignedIn,
        IsUtf8 = envelope.Smtp.IsUtf8,
        Cipher = envelope.Cipher,
        Id = id.Value.ToString("N"),
        For = envelope.Smtp.Recipients is [var only] ? only.Path.Address : null,
        At = now,
    }.Write();
}
