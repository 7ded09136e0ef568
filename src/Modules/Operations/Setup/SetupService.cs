using System.Net;
using System.Security.Claims;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Setup;

/// <summary>Makes the organisation and its first administrator. Public, but only for who holds the link of the console.</summary>
public sealed class SetupService(PlenumDb db, SetupLinks links, IAccountCredentials credentials, Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <returns>Null if the link is none of ours, or used up.</returns>
    public async Task<SetupStage?> StageAsync(string secret, CancellationToken cancellation)
        => await links.FindAsync(cancellation) is { } link && link.Fits(secret)
            ? link.Administrator is null ? SetupStage.Organisation : SetupStage.Credential
            : null;

    /// <summary>Makes root unit, account and operator grant in one transaction.</summary>
    /// <returns>The account; with a password the link is used up.</returns>
    /// <exception cref="RuleException">Something typed is no good; nothing was made.</exception>
    public async Task<AccountId> CreateAsync(string secret, SetupRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var link = await DemandAsync(secret, cancellation);
        if (link.Administrator is not null || await links.HasOrganisationAsync(cancellation))
        {
            throw new RuleException("operations.setup.link-used");
        }

        var root = RootOf(request);
        var account = AdministratorOf(request);
        db.Add(root);
        db.Add(account);
        db.Add(new Grant(AudienceToken.Account(account.Id), KernelPermissions.Operator.Name, root.Id, inherits: true, Now, null));
        audit.Record(db, account.Id, "operations.set-up", $"unit:{root.Id}", root.Id, root.Name);
        link.MadeBy(account.Id);
        if (request.Password.Length > 0)
        {
            link.Finish(Now);
            await credentials.SetPasswordAsync(account.Id, request.Password, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        return account.Id;
    }

    /// <summary>Gives an administrator without a passkey a password after all.</summary>
    /// <exception cref="RuleException">The link is no good, or the password too weak.</exception>
    public async Task SetPasswordAsync(string secret, string password, CancellationToken cancellation)
    {
        var link = await DemandAsync(secret, cancellation);
        var administrator = link.Administrator ?? throw new RuleException("operations.setup.link-used");
        link.Finish(Now);
        await credentials.SetPasswordAsync(administrator, password, cancellation);
    }

    /// <summary>Closes the link once the administrator has something to sign in with.</summary>
    /// <returns>False while there is neither passkey nor password.</returns>
    public async Task<bool> FinishAsync(string secret, CancellationToken cancellation)
    {
        var link = await DemandAsync(secret, cancellation);
        if (link.Administrator is not { } administrator || !(await credentials.OverviewAsync(administrator, cancellation)).CanSignIn)
        {
            return false;
        }

        link.Finish(Now);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>A session for the administrator: whoever holds the link is whoever runs the server.</summary>
    public async Task<ClaimsPrincipal?> SignInAsync(AccountId administrator, IPAddress client, string userAgent, CancellationToken cancellation)
        => await credentials.OpenSessionAsync(administrator, client, userAgent, cancellation);

    /// <summary>The administrator of a link that waits for a passkey.</summary>
    /// <exception cref="RuleException">The link is no good.</exception>
    public async Task<AccountId> AdministratorAsync(string secret, CancellationToken cancellation)
        => (await DemandAsync(secret, cancellation)).Administrator ?? throw new RuleException("operations.setup.link-used");

    private async Task<SetupLink> DemandAsync(string secret, CancellationToken cancellation)
        => await links.FindAsync(cancellation) is { } link && link.Fits(secret) ? link : throw new RuleException("operations.setup.link-used");

    private OrgUnit RootOf(SetupRequest request)
    {
        var languages = request.Languages.Where(l => Texts.Languages.Any(known => known.Name == l)).Distinct(StringComparer.Ordinal).ToList();
        if (languages is [])
        {
            throw new RuleException("operations.setup.no-language");
        }

        var root = new OrgUnit(OrgUnitKind.Federation, Slug.From(request.Organisation), request.Organisation, null, Now);
        root.UseDomains(FoldDomain(request.MailDomain), request.WebDomain.Trim().Length > 0 ? FoldDomain(request.WebDomain) : null, string.Join(' ', languages));
        return root;
    }

    private Account AdministratorOf(SetupRequest request)
    {
        if (!MailAddress.TryParse(request.Email.Trim(), out var email))
        {
            throw new RuleException("operations.setup.email-invalid");
        }

        var account = new Account(LoginName.Parse(request.Login), request.DisplayName, email.ToString(), AccountKind.Person, Now);
        account.ConfirmEmail(email.ToString()); // Nothing can be mailed yet; whoever holds the link vouches for it.
        return account;
    }

    private static string FoldDomain(string typed)
        => MailAddress.TryFoldDomain(typed.Trim(), out var domain) && domain.Contains('.', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(domain, out _)
            ? domain
            : throw new RuleException("operations.setup.domain-invalid", typed);
}

/// <summary>How far a set-up is.</summary>
public enum SetupStage
{
    Organisation,

    /// <summary>The organisation is made; its administrator still needs a passkey or a password.</summary>
    Credential,
}
