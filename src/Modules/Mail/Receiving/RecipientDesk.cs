using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Addresses;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>A recipient of ours, with who answers for it.</summary>
internal sealed record LocalRecipient(string Claimant, IncomingRecipient Recipient, SmtpRecipient Envelope);

/// <param name="Reply">What the client hears at RCPT.</param>
/// <param name="Local">Who takes it; null for a refusal, and for an address elsewhere.</param>
internal readonly record struct RecipientDecision(SmtpReply Reply, LocalRecipient? Local);

/// <summary>Decides on recipients while the client waits: what is refused here makes no bounce (RFC 5321 §3.3, §6.1).</summary>
internal sealed class RecipientDesk(AddressDirectory directory, MailNames names, IEnumerable<IIncomingMailReceiver> receivers)
{
    private static readonly SmtpReply NoSuchMailbox = new(550, "5.1.1", "There is no such mailbox here");
    private static readonly SmtpReply NoRelaying = new(550, "5.7.1", "Not one of our domains: relaying is for members, at the submission port");
    private static readonly SmtpReply NoLiterals = new(550, "5.1.2", "No mail to address literals");

    public async ValueTask<RecipientDecision> DecideAsync(
        string reversePath, SmtpRecipient recipient, MailOrigin origin, AccountId? submitter, CancellationToken cancellation)
    {
        var path = recipient.Path;
        if (path.IsLiteral)
        {
            return new(NoLiterals, null);
        }

        var text = path.IsBarePostmaster ? $"postmaster@{await names.MainDomainAsync(cancellation)}" : path.Address;
        if (!MailAddress.TryParse(text, out var address))
        {
            // A local part in quotes: none of ours, and we cannot promise it to others.
            return new(await directory.IsLocalAsync(path.Domain, cancellation) ? NoSuchMailbox : origin is MailOrigin.Relay ? NoRelaying : SmtpReplies.BadPath, null);
        }

        if (await directory.FindAsync(address, cancellation) is not { } claim)
        {
            return new(
                await directory.IsLocalAsync(address.Domain, cancellation) ? NoSuchMailbox
                    : origin is MailOrigin.Relay ? NoRelaying
                    : SmtpReplies.RecipientOk,
                null);
        }

        var incoming = new IncomingRecipient(address.ToString(), claim.Key) { Subaddress = claim.Canonical.Detail is null ? address.Detail : null };
        var receiver = receivers.FirstOrDefault(r => r.Claimant == claim.Module)
            ?? throw new InvalidOperationException($"The module {claim.Module} claims addresses and receives no mail.");
        var question = new RecipientQuestion { ReversePath = reversePath, Recipient = incoming, Origin = origin, Submitter = submitter };
        var verdict = await receiver.DecideRecipientAsync(question, cancellation);
        return verdict.Kind is IncomingVerdictKind.Accepted or IncomingVerdictKind.Discarded
            ? new(SmtpReplies.RecipientOk, new(claim.Module, incoming, recipient))
            : new(VerdictReply.Of(verdict), null);
    }
}

/// <summary>A receiver's verdict as SMTP says it.</summary>
internal static class VerdictReply
{
    private static readonly EnhancedStatus Refused = new(5, 7, 1);
    private static readonly EnhancedStatus Later = new(4, 3, 0);

    public static SmtpReply Of(IncomingVerdict verdict)
    {
        var isRefusal = verdict.Kind is IncomingVerdictKind.Refused;
        var status = EnhancedStatus.TryParse(verdict.Status, out var given, out _) && given.Class == (isRefusal ? 5 : 4) ? given : isRefusal ? Refused : Later;
        var code = (status.Class, status.Subject, status.Detail) switch
        {
            (5, 2, 2) or (5, 2, 3) or (5, 3, 4) => 552,
            (5, 6, _) => 554,
            (5, _, _) => 550,
            (4, 2, 2) or (4, 3, 1) or (4, 5, 3) => 452,
            (4, 2, _) => 450,
            _ => 451,
        };
        return new(code, status, [verdict.Text.Length > 0 ? verdict.Text : isRefusal ? "Refused" : "Try again later"]);
    }
}
