using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Mail.Queue;
using Plenum.Mail.Receiving;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Sending;

/// <summary>
/// Brings copies for our own domains to their claimants without a detour over SMTP. The receiver's rows and the copy's state are one
/// transaction, so each copy arrives exactly once.
/// </summary>
internal sealed partial class LocalDelivery(
    IServiceScopeFactory scopes, IBlobStore store, OutgoingMessages messages, ArrivalDesk arrivals, OutcomeDesk outcomes, MailNames names, TimeProvider clock, ILogger<LocalDelivery> log)
{
    private static readonly SmtpSessionFacts Inside = new() { HelloName = "localhost", IsExtended = true };

    /// <summary>Delivers one copy; records what became of it.</summary>
    /// <returns>True if the copy arrived: its row says so already.</returns>
    public async Task<bool> DeliverAsync(LeasedCopy copy)
    {
        try
        {
            if (await TryAsync(copy) is not { } trouble)
            {
                return true;
            }

            await outcomes.RecordAsync([trouble]);
        }
        catch (Exception failed)
        {
            LogFailed(failed, copy.Message.Id);
            messages.Forget(copy.Message);
            await outcomes.RecordAsync([CopyOutcome.Later(copy, "4.3.0", "Trouble on our side")]);
        }

        return false;
    }

    private async Task<CopyOutcome?> TryAsync(LeasedCopy copy)
    {
        var decision = await DecideAsync(copy);
        if (decision.Local is not { } recipient)
        {
            return CopyOutcome.Of(copy, decision.Reply.IsPositive ? new(550, "5.1.2", "The domain is not ours any more") : decision.Reply, "");
        }

        var form = await messages.Of(copy.Message).AsItIsAsync();
        var own = Encoding.UTF8.GetBytes($"Return-Path: <{copy.ReturnPath}>\r\n{Trace(copy)}");
        var head = form.Head(copy.Headers);
        await using var content = await form.OpenAsync([.. own, .. head], CancellationToken.None);
        var blob = await store.PutAsync(content, long.MaxValue, CancellationToken.None);
        var mail = new IncomingMail
        {
            ReversePath = copy.ReturnPath,
            Recipients = [recipient.Recipient],
            Blob = blob.Hash.Hex,
            SizeBytes = blob.Length,
            ReceivedAt = clock.GetUtcNow().UtcDateTime,
            Origin = MailOrigin.Local,
            Header = IncomingHeaderReader.Read(HeaderBlock.Parse(head), copy.ReturnPath.Length == 0),
        };
        var reply = await arrivals.CommitAsync(
            new() { Blob = blob, Deliveries = [(recipient.Claimant, mail)], Also = (db, cancellation) => MarkAsync(db, copy, cancellation) });
        return reply.IsPositive ? null : CopyOutcome.Of(copy, reply, "");
    }

    private async Task<RecipientDecision> DecideAsync(LeasedCopy copy)
    {
        if (!SmtpPath.TryParseMailbox(copy.Address, out var path))
        {
            return new(SmtpReplies.BadPath, null);
        }

        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecipientDesk>().DecideAsync(copy.ReturnPath, new(path), MailOrigin.Local, null, CancellationToken.None);
    }

    private async Task MarkAsync(PlenumDb db, LeasedCopy copy, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<QueuedRecipient>().Where(r => r.Id == copy.Id).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, RecipientState.Delivered).SetProperty(x => x.FinishedAt, now).SetProperty(x => x.LeasedBy, (long?)null)
                .SetProperty(x => x.Attempts, x => x.Attempts + 1).SetProperty(x => x.LastStatus, "2.1.5").SetProperty(x => x.LastDiagnostic, ""),
            cancellation);
    }

    private string Trace(LeasedCopy copy) => new ReceivedField
    {
        HelloName = Inside.HelloName,
        By = names.HostName,
        Id = copy.Message.Id.Value.ToString("N"),
        For = copy.Address,
        At = clock.GetUtcNow(),
    }.Write();

    [LoggerMessage(Level = LogLevel.Error, Message = "A copy of message {Message} could not be delivered here; it is tried again")]
    private partial void LogFailed(Exception failed, MailMessageId message);
}
