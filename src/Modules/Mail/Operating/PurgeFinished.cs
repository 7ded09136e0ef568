using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Mail.Domain;
using Plenum.Mail.Queue;

namespace Plenum.Mail.Operating;

/// <summary>Forgets what was sent, spooled or given up long enough ago. Safe to run twice: what is due is what is still there.</summary>
internal sealed class PurgeFinished(PlenumDb db, Blobs blobs, IOptions<MailOptions> options, TimeProvider clock) : IJob
{
    private const int BatchSize = 500; // Short transactions: SQLite has one writer.

    public async Task RunAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime - options.Value.KeepFinished;
        while (await db.Set<QueuedMessage>().Where(m => m.CreatedAt < old && !m.Recipients.Any(r => r.FinishedAt == null || r.FinishedAt >= old))
            .OrderBy(m => m.CreatedAt).Take(BatchSize).ToListAsync(cancellation) is not [] and var messages)
        {
            foreach (var message in messages)
            {
                await blobs.ReleaseAsync(db, MailModule.Name, MailQueue.BlobKey(message.Id), cancellation);
            }

            db.RemoveRange(messages); // The database takes the recipients along.
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}
