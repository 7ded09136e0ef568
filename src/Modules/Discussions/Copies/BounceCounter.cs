using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Protocols.Mail.Bounce;

namespace Plenum.Discussions.Copies;

/// <summary>Counts copies that came back, and suspends subscriptions whose address is dead. Never for reasons that are not the address's.</summary>
public sealed partial class BounceCounter(PlenumDb db, TimeProvider clock, ILogger<BounceCounter> log)
{
    private const int DeadAddress = 4;
    private const int Trouble = 1;
    private const int MaxRecipients = 50; // Of one report; each costs a query.

    /// <summary>Counts one report against a subscription. Joins the unit of work.</summary>
    public async Task CountAsync(SubscriptionId id, DeliveryOutcome outcome, CancellationToken cancellation)
    {
        if (await db.Set<Subscription>().SingleOrDefaultAsync(s => s.Id == id, cancellation) is { } subscription)
        {
            Count(subscription, outcome);
        }
    }

    /// <summary>
    /// Counts what a mail to BOARD-bounces@ says of the addresses it names. Anyone can write there: a complaint, which silences at once, is heard
    /// from the mail queue only.
    /// </summary>
    public async Task TakeAsync(Board board, byte[] raw, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(raw);
        foreach (var recipient in BounceClassifier.Classify(raw).Recipients.Where(r => !r.IsDelayed).Take(MaxRecipients))
        {
            var failed = recipient.Address.ToLowerInvariant();
            var matching = await (from s in db.Set<Subscription>()
                                  join a in db.Set<Account>() on s.AccountId equals a.Id into accounts
                                  from a in accounts.DefaultIfEmpty()
                                  where s.BoardId == board.Id && (s.Address == failed || a.Email == failed)
                                  select s).ToListAsync(cancellation);
            matching.ForEach(s => Count(s, OutcomeOf(recipient.Class)));
        }
    }

    private static DeliveryOutcome OutcomeOf(BounceClass said) => said switch
    {
        BounceClass.Hard => DeliveryOutcome.AddressFailed,
        BounceClass.Full or BounceClass.Soft => DeliveryOutcome.Expired,
        _ => DeliveryOutcome.PolicyRefused,
    };

    private void Count(Subscription subscription, DeliveryOutcome outcome)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stopped = outcome switch
        {
            DeliveryOutcome.AddressFailed => subscription.Bounce(DeadAddress, now),
            DeliveryOutcome.Expired => subscription.Bounce(Trouble, now),
            DeliveryOutcome.Complaint => Silence(subscription),
            _ => false, // Policy, spam filters, operators: nothing about the address.
        };
        if (stopped)
        {
            LogSuspended(subscription.Id, subscription.BoardId, outcome);
        }
    }

    // Whoever calls it spam gets no more of it.
    private static bool Silence(Subscription subscription)
    {
        subscription.Deliver(SubscriptionDelivery.Off);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Copies of board {Board} to subscription {Subscription} stopped: {Outcome}")]
    private partial void LogSuspended(SubscriptionId subscription, BoardId board, DeliveryOutcome outcome);
}

/// <summary>Hears from the mail queue what became of copies.</summary>
internal sealed class CopyReports(PlenumDb db, BounceCounter bounces) : IDeliveryReportReceiver
{
    public string Source => DiscussionsModule.Name;

    public async Task ReportAsync(DeliveryReport report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (SubscriptionId.TryParse(report.CopyReference, null, out var subscription))
        {
            await bounces.CountAsync(subscription, report.Outcome, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
