using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Bounce;

namespace Plenum.Mail.Reporting;

/// <summary>A mail came to the return path of one of our copies.</summary>
/// <param name="Key">Our reference to its blob, given up when it was read.</param>
internal sealed record BounceArrived(MailMessageId Message, int Position, string Blob, string Key, string ReversePath);

/// <summary>Finds out what a returned mail says and tells the module whose copy it was. Whom it is about says the return path, not the stranger.</summary>
internal sealed class ReadBounce(PlenumDb db, Blobs blobs, Outbox outbox, TimeProvider clock) : IEventHandler<BounceArrived>
{
    private const long MaxRead = 1024 * 1024; // As much as the classifier looks at.

    public async Task HandleAsync(BounceArrived happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var report = BounceClassifier.Classify(await ReadAsync(happened.Blob, cancellation), happened.ReversePath);
        await blobs.ReleaseAsync(db, MailModule.Name, happened.Key, cancellation);
        if (OutcomeOf(report) is { } outcome
            && await db.Set<QueuedRecipient>().AsNoTracking().SingleOrDefaultAsync(r => r.MessageId == happened.Message && r.Position == happened.Position, cancellation) is { } copy
            && await db.Set<QueuedMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == happened.Message, cancellation) is { } message)
        {
            await TellAsync(message, copy, report.Recipients is [var first, ..] ? first : null, outcome, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static DeliveryOutcome? OutcomeOf(BounceReport report) => report.Class switch
    {
        _ when report.Recipients.Count > 0 && report.Recipients.All(r => r.IsDelayed) => null,
        BounceClass.Hard => DeliveryOutcome.AddressFailed,
        BounceClass.Full or BounceClass.Soft => DeliveryOutcome.Expired,
        BounceClass.Policy => DeliveryOutcome.PolicyRefused,
        BounceClass.Complaint => DeliveryOutcome.Complaint,
        _ => null,
    };

    private async Task TellAsync(QueuedMessage message, QueuedRecipient copy, BouncedRecipient? said, DeliveryOutcome outcome, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (status, diagnostic) = (said?.Status?.ToString() ?? "", said?.Diagnostic ?? "");
        outbox.Add(db, new CopyReported(message.Source, new()
        {
            Message = message.Id,
            Reference = message.Reference,
            CopyReference = copy.Reference,
            Recipient = copy.Address,
            Outcome = outcome,
            Status = status,
            Diagnostic = diagnostic,
            At = now,
        }));
        await db.Set<QueuedRecipient>().Where(r => r.Id == copy.Id).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, RecipientState.Failed).SetProperty(x => x.LastStatus, status).SetProperty(x => x.LastDiagnostic, diagnostic), cancellation);
        if (outcome is DeliveryOutcome.Complaint)
        {
            await SuppressAsync(copy.Address, now, cancellation);
        }
    }

    private async Task SuppressAsync(string address, DateTime now, CancellationToken cancellation)
    {
        var folded = address.ToLowerInvariant();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO mail_suppressed (address, since, reason) VALUES ({folded}, {now}, {"complaint"}) ON CONFLICT (address) DO NOTHING", cancellation);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string blob, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(BlobHash.Parse(blob), 0, MaxRead, cancellation);
        using var octets = new MemoryStream();
        await (content?.CopyToAsync(octets, cancellation) ?? Task.CompletedTask);
        return octets.ToArray();
    }
}
