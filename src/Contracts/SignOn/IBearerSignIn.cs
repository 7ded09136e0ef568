using System.Net;

namespace Plenum.Contracts.SignOn;

/// <summary>
/// Sign-in with an access token of this house's own provider (RFC 6750), for SASL OAUTHBEARER (RFC 7628) and XOAUTH2. Not registered while
/// no module issues tokens; doors then do not offer these mechanisms.
/// </summary>
public interface IBearerSignIn
{
    /// <param name="login">Name the client claims to be, or null; a token of someone else is refused.</param>
    ValueTask<SignInVerdict> CheckAsync(string? login, string token, ProtocolDoor door, IPAddress client, CancellationToken cancellation);
}
