using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.SecondFactors;

/// <summary>Passkeys: discoverable, user-verified, several, named (WebAuthn Level 3). A passkey alone signs in: it is two factors in one.</summary>
public sealed class PasskeyService(
    PlenumDb db, IPasskeyHandler<Account> handler, IUserStore<Account> accounts, SignInService signIn, PasskeyState states, Audit audit)
{
    private readonly IUserPasskeyStore<Account> _store = (IUserPasskeyStore<Account>)accounts;

    /// <summary>What the browser needs to make a passkey.</summary>
    /// <exception cref="RuleException">There are too many already.</exception>
    public async Task<PasskeyRequest> BeginRegistrationAsync(Viewer viewer, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        if (await db.Set<Passkey>().CountAsync(p => p.AccountId == account, http.RequestAborted) >= Passkey.MaxPerAccount)
        {
            throw new RuleException("signon.passkey.too-many", Passkey.MaxPerAccount);
        }

        var options = await handler.MakeCreationOptionsAsync(
            new() { Id = account.ToString(), Name = viewer.Login, DisplayName = viewer.DisplayName }, http);
        return new(options.CreationOptionsJson, states.Seal(options.AttestationState));
    }

    /// <exception cref="RuleException">The browser's answer does not fit.</exception>
    public async Task CompleteRegistrationAsync(Viewer viewer, string name, PasskeyAnswer answer, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(answer);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == viewer.SignedInAccount, http.RequestAborted);
        var result = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = answer.Credential, AttestationState = states.Open(answer.State) });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString())
        {
            throw new RuleException("signon.passkey.failed");
        }

        result.Passkey.Name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, 80)] : "Passkey";
        audit.Record(db, account.Id, "signon.add-passkey", $"account:{account.Id}");
        await _store.AddOrUpdatePasskeyAsync(account, result.Passkey, http.RequestAborted);
    }

    /// <summary>What the browser needs to sign in. Names no account: the passkey does.</summary>
    public async Task<PasskeyRequest> BeginSignInAsync(HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        return new(options.RequestOptionsJson, states.Seal(options.AssertionState));
    }

    public async Task<SignInStep> CompleteSignInAsync(PasskeyAnswer answer, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var result = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = answer.Credential, AssertionState = states.Open(answer.State) });
        if (!result.Succeeded)
        {
            return new SignInStep.Refused();
        }

        await _store.AddOrUpdatePasskeyAsync(result.User, result.Passkey, http.RequestAborted);
        return await signIn.BeginAsync(result.User, SignInMethod.Passkey, Visitor.Of(http), http.RequestAborted);
    }

    public async Task<IReadOnlyList<Passkey>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        return await db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == account).OrderBy(p => p.CreatedAt).ToListAsync(cancellation);
    }

    public async Task RemoveAsync(Viewer viewer, Guid passkey, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        await db.Set<Passkey>().Where(p => p.Id == passkey && p.AccountId == account).ExecuteDeleteAsync(cancellation);
        audit.Record(db, account, "signon.remove-passkey", $"account:{account}");
        await db.SaveChangesAsync(cancellation);
    }
}

/// <param name="Options">JSON for navigator.credentials (WebAuthn Level 3 §5.1).</param>
/// <param name="State">Sealed; comes back with the answer.</param>
public sealed record PasskeyRequest(string Options, string State);

/// <param name="Credential">The PublicKeyCredential as JSON.</param>
/// <param name="State">As in the request.</param>
public sealed record PasskeyAnswer(string Credential, string State);
