using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Mail.Reporting;

namespace Plenum.Mail.Queue;

/// <summary>
/// Writes what became of copies, many with one flush of the disk. A connection sends its next message only after its last outcome is on disk,
/// so a crash repeats no more than one message for each open connection: SMTP's own window between a host's 250 and our knowing it.
/// </summary>
internal sealed partial class OutcomeDesk(
    IServiceScopeFactory scopes, QueueStore store, QueueBell bell, IOptions<MailOptions> options, TimeProvider clock, ILogger<OutcomeDesk> log) : BackgroundService
{
    private const int MaxBatch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); // Between tries on a locked or absent database.
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly RetrySchedule _schedule = new(options.Value.FirstRetry, options.Value.LongestRetry);

    /// <summary>Copies the runner had taken are done or put back.</summary>
    public event Action<int>? Recorded;

    /// <summary>Returns when the outcomes are on disk.</summary>
    public async Task RecordAsync(IReadOnlyList<CopyOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            var waiting = new Waiting(outcomes, new(TaskCreationOptions.RunContinuationsAsynchronously));
            await _waiting.Writer.WriteAsync(waiting);
            await waiting.Done.Task;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends when the host ends, after whoever still sends has recorded: the loop has no stop of its own.
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Waiting>();
            for (var count = 0; count < MaxBatch && _waiting.Reader.TryRead(out var next); count += next.Outcomes.Count)
            {
                batch.Add(next);
            }

            await WriteAsync(batch, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    private async Task WriteAsync(List<Waiting> batch, CancellationToken stopping)
    {
        var outcomes = batch.SelectMany(w => w.Outcomes).Select(Expire).ToList();
        for (var isWritten = false; !isWritten;)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
                var reports = scope.ServiceProvider.GetRequiredService<SenderReports>();
                var delayed = await reports.AddAsync(outcomes, CancellationToken.None);
                await store.WriteAsync(db, transaction, outcomes, DueAt, delayed.Contains);
                await db.SaveChangesAsync(CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                isWritten = true;
            }
            catch (Exception failed)
            {
                LogFailed(failed, outcomes.Count);
                if (stopping.IsCancellationRequested)
                {
                    break; // The next start finds them leased by a node that is gone and sends them again.
                }

                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }

        foreach (var group in outcomes.GroupBy(o => o.State))
        {
            MailMeters.Sent(group.Key, group.Count());
        }

        Recorded?.Invoke(outcomes.Count(o => o.Copy.IsCounted));
        bell.Ring();
        foreach (var waiting in batch)
        {
            waiting.Done.TrySetResult();
        }
    }

    // RFC 5321 §4.5.4.1: what was tried long enough goes back.
    private CopyOutcome Expire(CopyOutcome outcome)
        => outcome.State is RecipientState.Pending && clock.GetUtcNow().UtcDateTime >= outcome.Copy.Message.ExpiresAt
            ? outcome with { State = RecipientState.Failed, Failure = DeliveryOutcome.Expired, Status = outcome.Status.Length > 0 ? outcome.Status : "4.4.7" }
            : outcome;

    private DateTime DueAt(CopyOutcome outcome)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = now + _schedule.WaitAfter(outcome.Copy.Attempts + 1, Random.Shared.NextDouble());
        return due < outcome.Copy.Message.ExpiresAt ? due : outcome.Copy.Message.ExpiresAt; // One last try.
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of {Count} copies could not be written; it is tried again")]
    private partial void LogFailed(Exception failed, int count);

    private sealed record Waiting(IReadOnlyList<CopyOutcome> Outcomes, TaskCompletionSource Done);
}
