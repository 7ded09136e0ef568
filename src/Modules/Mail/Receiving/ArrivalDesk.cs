using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Mail.Domain;
using Plenum.Mail.Queue;
using Plenum.Mail.Reporting;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>
/// Commits arrivals, many with one flush of the disk: whatever comes while a commit is under way makes the next one. Each has a savepoint of
/// its own, so one that fails takes no other with it.
/// </summary>
internal sealed partial class ArrivalDesk(
    IServiceScopeFactory scopes, Blobs blobs, QueueBell bell, Texts texts, Plenum.Kernel.Data.Database database, ILogger<ArrivalDesk> log) : BackgroundService
{
    private const int MaxBatch = 100;
    private const int NodesWriters = 4; // PostgreSQL flushes several at once; SQLite has one writer.
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Hands an arrival to its receivers and commits. When this returns, the reply's promise holds.</summary>
    public async Task<SmtpReply> CommitAsync(Arrival arrival)
    {
        var waiting = new Waiting(arrival, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(waiting);
        return await waiting.Done.Task; // Not given up: the answer must be true.
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete(); // What was accepted before is still committed.
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, database.Provider is DatabaseProvider.PostgreSQL ? NodesWriters : 1).Select(_ => WorkAsync()));

    private async Task WorkAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Waiting>();
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        var replies = new List<(Waiting Waiting, SmtpReply Reply)>(batch.Count);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            foreach (var waiting in batch)
            {
                replies.Add((waiting, await TakeAsync(scope.ServiceProvider, db, transaction, waiting.Arrival)));
                db.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(CancellationToken.None);
            foreach (var (waiting, reply) in replies)
            {
                waiting.Done.SetResult(reply);
            }
        }
        catch (Exception failed)
        {
            LogFailed(failed, batch.Count);
            var reply = StorageReply.To(failed);
            foreach (var waiting in batch)
            {
                waiting.Done.TrySetResult(reply);
            }
        }
    }

    private async Task<SmtpReply> TakeAsync(IServiceProvider scope, PlenumDb db, IDbContextTransaction transaction, Arrival arrival)
    {
        await transaction.CreateSavepointAsync("arrival");
        SmtpReply reply;
        try
        {
            await blobs.RegisterAsync(db, arrival.Blob, CancellationToken.None);
            reply = await HandOverAsync(scope, arrival);
            if (reply.IsPositive)
            {
                await AddOutgoingAsync(db, arrival);
                await (arrival.Also?.Invoke(db, CancellationToken.None) ?? Task.CompletedTask);
                await db.SaveChangesAsync(CancellationToken.None);
                await transaction.ReleaseSavepointAsync("arrival");
                return reply;
            }
        }
        catch (RuleException broken)
        {
            reply = new(554, "5.7.1", texts.In(System.Globalization.CultureInfo.InvariantCulture, broken.Key, [.. broken.Args]));
        }
        catch (Exception failed) when (failed is not Microsoft.Data.Sqlite.SqliteException)
        {
            LogArrivalFailed(failed);
            reply = StorageReply.To(failed);
        }

        await transaction.RollbackToSavepointAsync("arrival");
        return reply;
    }

    private static async Task<SmtpReply> HandOverAsync(IServiceProvider scope, Arrival arrival)
    {
        var receivers = scope.GetServices<IIncomingMailReceiver>().ToList();
        var refusals = new List<(IncomingMail Mail, IncomingVerdict Verdict)>();
        foreach (var (claimant, mail) in arrival.Deliveries)
        {
            var verdict = await receivers.Find(r => r.Claimant == claimant)!.ReceiveAsync(mail, CancellationToken.None);
            if (verdict.Kind is IncomingVerdictKind.TryLater)
            {
                return VerdictReply.Of(verdict); // All of it again: nothing is committed yet.
            }

            if (verdict.Kind is IncomingVerdictKind.Refused)
            {
                refusals.Add((mail, verdict));
            }
        }

        if (refusals.Count > 0 && refusals.Count == arrival.Deliveries.Count && arrival.Outgoing is null)
        {
            return VerdictReply.Of(refusals[0].Verdict);
        }

        // One answer for all at the end of DATA: whoever sent it hears of the others by mail (RFC 5321 §6.1).
        if (refusals.Count > 0 && arrival.Returnable is { } message)
        {
            await scope.GetRequiredService<SenderReports>().AddAsync([.. refusals.SelectMany(r => Refused(message, r.Mail, VerdictReply.Of(r.Verdict)))], CancellationToken.None);
        }

        return SmtpReplies.Ok;
    }

    private static IEnumerable<CopyOutcome> Refused(QueuedMessage message, IncomingMail mail, SmtpReply reply)
        => message.Recipients.Where(copy => mail.Recipients.Any(r => r.Address.Equals(copy.Address, StringComparison.OrdinalIgnoreCase)))
            .Select(copy => CopyOutcome.Of(LeasedCopy.Of(copy, message, copy.ReturnPath ?? ""), reply, remoteHost: ""));

    private async Task AddOutgoingAsync(PlenumDb db, Arrival arrival)
    {
        if (arrival.Outgoing is { } message)
        {
            db.Add(message);
            await blobs.ReferToAsync(db, arrival.Blob.Hash, MailModule.Name, MailQueue.BlobKey(message.Id), CancellationToken.None);
            bell.Expect(db);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages could not be committed; their senders try again")]
    private partial void LogFailed(Exception failed, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message could not be handed over; its sender tries again")]
    private partial void LogArrivalFailed(Exception failed);

    private sealed record Waiting(Arrival Arrival, TaskCompletionSource<SmtpReply> Done);
}
