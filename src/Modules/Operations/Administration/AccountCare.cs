using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Administration;

/// <summary>One account as the administration sees it.</summary>
public sealed record AccountView(
    Account Account, CredentialOverview Credentials, IReadOnlyList<OpenSession> Sessions, IReadOnlyList<UnitNode> MemberOf, IReadOnlyList<HeldOffice> Offices, IReadOnlyList<Grant> Grants);

/// <param name="Until">First instant after the term; null while open-ended.</param>
public sealed record HeldOffice(string Title, UnitNode? Unit, DateTime From, DateTime? Until);

/// <summary>Helps people with their accounts: what they can sign in with, where they are signed in, and what to do when a phone is lost.</summary>
public sealed class AccountCare(
    PlenumDb db, Access access, IAccountCredentials credentials, IMailQueue mail, Audit audit, Texts texts, TimeProvider clock)
{
    /// <summary>Needs <see cref="KernelPermissions.ViewAccounts"/> on the whole house.</summary>
    /// <returns>Null if there is no such account.</returns>
    public async Task<AccountView?> FindAsync(Viewer viewer, string login, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.ViewAccounts, cancellation);
        var folded = login.Trim().ToLowerInvariant();
        if (await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Login == folded, cancellation) is not { } account)
        {
            return null;
        }

        var (id, now) = (account.Id, clock.GetUtcNow().UtcDateTime);
        var tree = await access.TreeAsync(cancellation);
        var units = await db.Set<MembershipFact>().Where(m => m.AccountId == id).Select(m => m.UnitId).ToListAsync(cancellation);
        var offices = await db.Set<Office>().AsNoTracking().Include(o => o.Terms).Where(o => o.Terms.Any(t => t.Holder == id)).ToListAsync(cancellation);
        var token = AudienceToken.Account(id);
        return new(
            account,
            await credentials.OverviewAsync(id, cancellation),
            await credentials.SessionsAsync(id, cancellation),
            [.. units.Select(tree.Find).OfType<UnitNode>()],
            [.. offices.SelectMany(o => o.Terms.Where(t => t.Holder == id).Select(t => new HeldOffice(o.Title, tree.Find(o.UnitId), t.From, t.Until))).OrderByDescending(o => o.From)],
            await db.Set<Grant>().AsNoTracking().Where(g => g.Subject == token && (g.Until == null || g.Until > now)).ToListAsync(cancellation));
    }

    /// <summary>
    /// Takes the authenticator app away from someone who lost it, signs them out and tells them. Needs <see cref="KernelPermissions.EditAccounts"/>;
    /// whoever asks for it must be known to be the person, the software cannot see that.
    /// </summary>
    public async Task ResetSecondFactorAsync(Viewer viewer, AccountId id, CancellationToken cancellation)
    {
        var account = await DemandAsync(viewer, id, "accounts.reset-second-factor", cancellation);
        if (account.Email is { } address)
        {
            await WriteAsync(account, address, "admin.mail.second-factor", viewer, cancellation);
        }

        await credentials.ResetSecondFactorAsync(id, cancellation);
    }

    /// <summary>Ends every session and revokes app passwords and tokens. Needs <see cref="KernelPermissions.EditAccounts"/>.</summary>
    public async Task SignOutEverywhereAsync(Viewer viewer, AccountId id, CancellationToken cancellation)
    {
        await DemandAsync(viewer, id, "accounts.sign-out-everywhere", cancellation);
        await db.SaveChangesAsync(cancellation);
        await credentials.SignOutEverywhereAsync(id, cancellation);
    }

    /// <summary>Mails someone a link to register with. Needs <see cref="KernelPermissions.EditAccounts"/>.</summary>
    /// <exception cref="RuleException">The address is none.</exception>
    public async Task InviteAsync(Viewer viewer, string email, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, cancellation);
        audit.Record(db, viewer.Account, "accounts.invite", "invitation");
        await credentials.InviteAsync(viewer.SignedInAccount, email, cancellation);
    }

    private async Task<Account> DemandAsync(Viewer viewer, AccountId id, string action, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, cancellation);
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation) ?? throw new RuleException("accounts.unknown", id.Value);
        audit.Record(db, viewer.Account, action, "account:" + id.Value.ToString("N"), null, account.Login);
        return account;
    }

    private async Task WriteAsync(Account account, string address, string key, Viewer viewer, CancellationToken cancellation)
    {
        var language = System.Globalization.CultureInfo.GetCultureInfo(account.Language ?? "de");
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = OperationsModule.Name,
                To = address,
                ToName = account.DisplayName,
                Subject = texts.In(language, key + ".subject"),
                Text = texts.In(language, key + ".text", account.DisplayName, viewer.DisplayName),
            },
            cancellation);
    }
}
