using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Mail.Receiving;

/// <summary>Addresses every mail domain has: the return paths of our own mail, the system's sender.</summary>
internal sealed class HouseAddresses(ReturnPathSeal seal, MailNames names) : IAddressClaimant
{
    public const string BouncePrefix = "bounce:";
    public const string Sender = "sender";

    public int Order => 0;

    public async ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
        => seal.TryRead(address.LocalPart, out var message, out var position)
            ? new(MailModule.Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{BouncePrefix}{message}:{position}"), address)
            : address.ToString().Equals((await names.SystemSenderAsync(cancellation)).ToString(), StringComparison.OrdinalIgnoreCase) ? new(MailModule.Name, Sender, address)
            : null;
}

/// <summary>postmaster and abuse of every domain of ours (RFC 5321 §4.5.1, RFC 2142 §4), unless a module gave them to someone.</summary>
internal sealed class RoleAddresses : IAddressClaimant
{
    public const string Postmaster = "postmaster";

    public int Order => 1_000;

    public ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
        => new(address.BaseLocalPart is "postmaster" or "abuse" ? new AddressClaim(MailModule.Name, Postmaster, address) : null);
}

/// <summary>Takes mail to the addresses this module answers itself.</summary>
internal sealed class HouseReceiver(PlenumDb db, IMailQueue queue, MailNames names, Microsoft.Extensions.Options.IOptions<MailOptions> options, TimeProvider clock) : IIncomingMailReceiver
{
    public string Claimant => MailModule.Name;

    public ValueTask<IncomingVerdict> DecideRecipientAsync(RecipientQuestion question, CancellationToken cancellation)
        => new(question.Recipient.ClaimKey == HouseAddresses.Sender
            ? IncomingVerdict.Refused("5.7.1", "This address only sends; nobody reads what comes here")
            : IncomingVerdict.Accepted);

    public async ValueTask<IncomingVerdict> ReceiveAsync(IncomingMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Recipients.Any(r => r.ClaimKey == RoleAddresses.Postmaster))
        {
            await ForwardAsync(mail, cancellation);
        }

        return IncomingVerdict.Accepted;
    }

    // With the null return path: what cannot be forwarded is not told to someone who may be forged.
    private async Task ForwardAsync(IncomingMail mail, CancellationToken cancellation)
    {
        var people = options.Value.Postmaster.Count > 0 ? options.Value.Postmaster : await OperatorsAsync(cancellation);
        if (people.Count == 0)
        {
            return; // An operator without an address reads the log.
        }

        await queue.EnqueueAsync(
            new MailCopies
            {
                Source = MailModule.Name,
                Reference = RoleAddresses.Postmaster,
                Blob = mail.Blob,
                Domain = await names.MainDomainAsync(cancellation),
                Chain = mail.Authentication.Chain,
                Copies = [.. people.Select(p => new MailCopy(p) { ReturnPath = "" })],
            },
            cancellation);
    }

    private async Task<IReadOnlyList<string>> OperatorsAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var role = KernelPermissions.Operator.Name;
        var subjects = await db.Set<Grant>().Where(g => g.Role == role && g.From <= now && (g.Until == null || g.Until > now)
                && db.Set<OrgUnit>().Any(u => u.Id == g.UnitId && u.ParentId == null))
            .Select(g => g.Subject).ToListAsync(cancellation);
        var accounts = subjects.Where(s => s.StartsWith("a:", StringComparison.Ordinal)).Select(s => new Contracts.Organisation.AccountId(Guid.ParseExact(s[2..], "N"))).ToList();
        return await db.Set<Account>().Where(a => accounts.Contains(a.Id) && a.State == AccountState.Active && a.Email != null).Select(a => a.Email!).ToListAsync(cancellation);
    }
}
