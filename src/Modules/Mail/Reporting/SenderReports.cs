using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Outbox;
using Plenum.Mail.Domain;
using Plenum.Mail.Queue;
using Plenum.Mail.Submission;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Mail.Reporting;

/// <summary>Tells whoever sent mail what became of it: modules by an event, people by a delivery status notification (RFC 3461, RFC 3464).</summary>
internal sealed class SenderReports(
    PlenumDb db, Outbox outbox, Blobs blobs, IBlobStore store, IMailQueue queue, MailNames names, Texts texts, IOptions<MailOptions> options, TimeProvider clock)
{
    private const long MaxReturned = 64 * 1024; // A larger message goes back as its header: the sender has it.

    /// <summary>Adds the reports to the scope's unit of work.</summary>
    /// <returns>The outcomes whose senders are told now that it takes longer.</returns>
    public async Task<IReadOnlySet<CopyOutcome>> AddAsync(IReadOnlyList<CopyOutcome> outcomes, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var failed in outcomes.Where(o => o.State is RecipientState.Failed or RecipientState.Dropped && o.Copy.Message.Source != SubmissionRules.Source))
        {
            outbox.Add(db, new CopyReported(failed.Copy.Message.Source, Describe(failed, now)));
        }

        var delayed = outcomes.Where(o => IsDelayDue(o, now)).ToHashSet();
        var submitted = outcomes.Where(o => o.Copy.Message.Source == SubmissionRules.Source && o.Copy.ReturnPath.Length > 0);
        foreach (var group in submitted.Select(o => (Outcome: o, Action: ActionOf(o, delayed))).Where(o => o.Action is not null).GroupBy(o => (o.Outcome.Copy.Message.Id, o.Action)))
        {
            await NotifyAsync([.. group.Select(o => o.Outcome)], group.Key.Action!.Value, now, cancellation);
        }

        return delayed;
    }

    private static DeliveryReport Describe(CopyOutcome outcome, DateTime now) => new()
    {
        Message = outcome.Copy.Message.Id,
        Reference = outcome.Copy.Message.Reference,
        CopyReference = outcome.Copy.Reference,
        Recipient = outcome.Copy.Address,
        Outcome = outcome.State is RecipientState.Dropped ? DeliveryOutcome.Dropped : outcome.Failure,
        Status = outcome.Status,
        Diagnostic = outcome.Diagnostic,
        At = now,
    };

    private bool IsDelayDue(CopyOutcome outcome, DateTime now)
        => outcome is { State: RecipientState.Pending, Copy: { DelayReported: false, Message.Source: SubmissionRules.Source, ReturnPath.Length: > 0 } copy }
            && now - copy.Message.CreatedAt >= options.Value.DelayNotice && Wants(copy, DsnNotify.Delay, unlessSaid: true);

    private static DsnAction? ActionOf(CopyOutcome outcome, HashSet<CopyOutcome> delayed) => outcome.State switch
    {
        RecipientState.Failed or RecipientState.Dropped when Wants(outcome.Copy, DsnNotify.Failure, unlessSaid: true) => DsnAction.Failed,
        RecipientState.Delivered when outcome.IsRelayedSilently && Wants(outcome.Copy, DsnNotify.Success, unlessSaid: false) => DsnAction.Relayed,
        RecipientState.Pending when delayed.Contains(outcome) => DsnAction.Delayed,
        _ => null,
    };

    private static bool Wants(LeasedCopy copy, DsnNotify what, bool unlessSaid)
        => copy.Notify is { } said ? DsnParameters.TryParseNotify(said, out var notify) && notify.HasFlag(what) : unlessSaid;

    private async Task NotifyAsync(IReadOnlyList<CopyOutcome> outcomes, DsnAction action, DateTime now, CancellationToken cancellation)
    {
        var message = outcomes[0].Copy.Message;
        if (!MailAddress.TryParse(outcomes[0].Copy.ReturnPath, out var sender))
        {
            return; // A reverse path in quotes: none of our members has one.
        }

        var culture = await LanguageAsync(sender, cancellation);
        var word = action.ToString().ToLowerInvariant();
        var domain = await names.MainDomainAsync(cancellation);
        var report = DsnWriter.Write(
            new()
            {
                From = $"postmaster@{domain}",
                FromName = texts.In(culture, "mail.dsn.from"),
                To = sender.ToString(),
                Subject = texts.In(culture, $"mail.dsn.{word}.subject"),
                Date = now,
                MessageId = $"{Guid.CreateVersion7():N}@{domain}",
                Language = culture.TwoLetterISOLanguageName,
            },
            new()
            {
                Text = texts.In(culture, $"mail.dsn.{word}.text", string.Join('\n', outcomes.Select(o => $"  {o.Copy.Address}\n    {o.Diagnostic}"))),
                Status = new()
                {
                    OriginalEnvelopeId = message.EnvelopeId,
                    ReportingMta = TypedText.Dns(names.HostName),
                    ArrivalDate = message.CreatedAt,
                    Recipients = [.. outcomes.Select(o => Describe(o, action, now))],
                },
                Returned = action is DsnAction.Failed && !message.ReturnsHeadersOnly && message.SizeBytes <= MaxReturned ? ReturnedContent.Message : ReturnedContent.Headers,
                Original = await OriginalAsync(message, cancellation),
            });
        using var content = new MemoryStream(report);
        var stored = await store.PutAsync(content, report.Length, cancellation);
        await blobs.RegisterAsync(db, stored, cancellation); // The queue refers to it.
        await queue.EnqueueAsync(
            new MailCopies { Source = MailModule.Name, Blob = stored.Hash.Hex, Domain = domain, Copies = [new(sender.ToString()) { ReturnPath = "" }] }, cancellation);
    }

    private static RecipientStatus Describe(CopyOutcome outcome, DsnAction action, DateTime now) => new()
    {
        OriginalRecipient = outcome.Copy.OriginalRecipient is { } original && TypedText.TryParseOrcpt(original, out var typed) ? typed : null,
        FinalRecipient = TypedText.Address(outcome.Copy.Address),
        Action = action,
        Status = EnhancedStatusCode.TryParse(outcome.Status, out var code) ? Class(code, action) : new(action is DsnAction.Failed ? 5 : action is DsnAction.Delayed ? 4 : 2, 0, 0),
        RemoteMta = outcome.RemoteHost.Length > 0 ? TypedText.Dns(outcome.RemoteHost) : null,
        DiagnosticCode = outcome.RemoteHost.Length > 0 ? TypedText.Smtp(outcome.Diagnostic) : null,
        LastAttemptDate = now,
        WillRetryUntil = action is DsnAction.Delayed ? outcome.Copy.Message.ExpiresAt : null,
    };

    // RFC 3463 §2: what expired was 4.x.x until now; the report says what it is for good.
    private static EnhancedStatusCode Class(EnhancedStatusCode code, DsnAction action) => action is DsnAction.Failed ? code with { Class = 5 } : code;

    private async Task<CultureInfo> LanguageAsync(MailAddress sender, CancellationToken cancellation)
    {
        var login = sender.BaseLocalPart;
        var chosen = await db.Set<Account>().Where(a => a.Login == login).Select(a => a.Language).SingleOrDefaultAsync(cancellation);
        return CultureInfo.GetCultureInfo(chosen ?? Texts.Languages[0].Name);
    }

    private async Task<ReadOnlyMemory<byte>> OriginalAsync(QueuedMessage message, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(BlobHash.Parse(message.Blob), message.SkippedOctets, MaxReturned, cancellation);
        using var octets = new MemoryStream();
        await (content?.CopyToAsync(octets, cancellation) ?? Task.CompletedTask);
        return octets.ToArray();
    }
}

/// <summary>A module's copy did not arrive. Its <see cref="IDeliveryReportReceiver"/> hears it.</summary>
internal sealed record CopyReported(string Source, DeliveryReport Report);

/// <summary>Hands reports to the module that sent the mail.</summary>
internal sealed class ReportToSource(IEnumerable<IDeliveryReportReceiver> receivers) : IEventHandler<CopyReported>
{
    public async Task HandleAsync(CopyReported happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        foreach (var receiver in receivers.Where(r => r.Source == happened.Source))
        {
            await receiver.ReportAsync(happened.Report, cancellation);
        }
    }
}
