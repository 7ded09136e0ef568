using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.Recovery;

namespace Plenum.SignOn.Registration;

/// <summary>Lets those who keep the accounts of a unit invite someone to have one.</summary>
public sealed class InvitationService(PlenumDb db, Access access, MailLinks links, AccountLetters letters, Audit audit, IOptions<SignOnOptions> options)
{
    /// <exception cref="DeniedException">The viewer may not edit accounts of the unit.</exception>
    /// <exception cref="RuleException">That is no mail address.</exception>
    public async Task InviteAsync(Viewer viewer, OrgUnitId unit, string email, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, unit, cancellation);
        audit.Record(db, viewer.Account, "signon.invite", $"unit:{unit}", unit);
        await SendAsync(viewer.SignedInAccount, viewer.DisplayName, email, cancellation);
    }

    /// <summary>Sends the invitation of someone whose permission was checked elsewhere.</summary>
    internal async Task SendAsync(AccountId inviter, string inviterName, string email, CancellationToken cancellation)
    {
        if (!MailAddress.TryParse(email.Trim(), out var address))
        {
            throw new RuleException("signon.register.email-invalid");
        }

        var lifetime = options.Value.InvitationLifetime;
        var secret = links.Create(MailLinkPurpose.Invite, null, address.ToString(), lifetime, inviter);
        await letters.InviteAsync(address.ToString(), inviterName, secret, lifetime, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
