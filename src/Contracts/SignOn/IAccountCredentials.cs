using System.Net;
using System.Security.Claims;
using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.SignOn;

/// <summary>Other people's credentials, for those who administer accounts. Asks for no permission: the caller has checked it.</summary>
/// <remarks>Works in the caller's dependency scope, on its PlenumDb.</remarks>
public interface IAccountCredentials
{
    ValueTask<CredentialOverview> OverviewAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Sets a password and saves the scope's changes with it; every session of the account ends. A password too weak breaks a rule.</summary>
    ValueTask SetPasswordAsync(AccountId account, string password, CancellationToken cancellation);

    /// <summary>Takes authenticator app and recovery codes away from someone who lost them, and signs the account out everywhere.</summary>
    ValueTask ResetSecondFactorAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Ends every browser session and revokes every app password.</summary>
    ValueTask SignOutEverywhereAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Browsers the account is signed in with, the last used first.</summary>
    ValueTask<IReadOnlyList<OpenSession>> SessionsAsync(AccountId account, CancellationToken cancellation);

    /// <summary>Mails someone a link to register with. An address that is none breaks a rule.</summary>
    ValueTask InviteAsync(AccountId inviter, string email, CancellationToken cancellation);

    /// <summary>Opens a browser session for someone whose identity was proven by other means.</summary>
    /// <returns>What the web server signs in with its default scheme; null if the account may not sign in.</returns>
    ValueTask<ClaimsPrincipal?> OpenSessionAsync(AccountId account, IPAddress client, string userAgent, CancellationToken cancellation);
}

/// <summary>What an account can sign in with.</summary>
public sealed record CredentialOverview
{
    public required bool HasPassword { get; init; }

    public required bool HasAuthenticator { get; init; }

    public required int Passkeys { get; init; }

    public required int AppPasswords { get; init; }

    public bool CanSignIn => HasPassword || Passkeys > 0;
}

/// <summary>A browser someone is signed in with.</summary>
/// <param name="Browser">Its name and system, for people.</param>
public sealed record OpenSession(Guid Id, string Browser, string Address, DateTime CreatedAt, DateTime LastSeenAt);
