using System.Net;
using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.SignOn;

/// <summary>A protocol an app password may open.</summary>
public enum ProtocolDoor
{
    Smtp,
    Imap,
    ManageSieve,
    Xmpp,
    Sip,
    Mumble,
    Dav,
}

/// <summary>
/// Sign-in for everything that is not a browser, with app passwords. One limiter stands behind all doors, the time taken is the same for
/// unknown names, and every attempt is in the person's own log.
/// </summary>
public interface IProtocolSignIn
{
    /// <summary>Checks a password that was sent as such (SASL PLAIN, LOGIN; only ever inside TLS).</summary>
    ValueTask<SignInVerdict> CheckAsync(SignInAttempt attempt, string password, CancellationToken cancellation);

    /// <summary>What a SCRAM exchange (RFC 5802) needs. For an unknown name a decoy that no password fits and that never changes.</summary>
    ValueTask<ScramCredentials> FindScramAsync(SignInAttempt attempt, ScramHash hash, CancellationToken cancellation);

    /// <summary>Ends a SCRAM exchange: counts and logs it.</summary>
    /// <param name="credential">The key pair the client's proof fitted; null if none did.</param>
    ValueTask<SignInVerdict> ConcludeScramAsync(SignInAttempt attempt, Guid? credential, CancellationToken cancellation);

    /// <summary>Whether what a connection signed in with still opens this door. Long-lived connections ask at least every 60 s.</summary>
    ValueTask<bool> IsValidAsync(Guid credential, ProtocolDoor door, CancellationToken cancellation);
}

/// <param name="Login">As typed: a sign-in name, or one of its addresses "emil@plenum.test".</param>
/// <param name="Client">Address of the client.</param>
public sealed record SignInAttempt(string Login, ProtocolDoor Door, IPAddress Client);

/// <summary>The answer to an attempt. A refusal never says whether the account exists.</summary>
public sealed record SignInVerdict
{
    public static SignInVerdict Refused { get; } = new();

    /// <summary>Null unless signed in.</summary>
    public AccountId? Account { get; init; }

    /// <summary>What was used, for <see cref="IProtocolSignIn.IsValidAsync"/>.</summary>
    public Guid Credential { get; init; }

    /// <summary>Too many failures: the client may try again after this time. Null if that is not the reason.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

public enum ScramHash
{
    Sha1,
    Sha256,
}

/// <summary>All app passwords of an account share salt and iterations, so the server may test a proof against each key pair.</summary>
public sealed record ScramCredentials(ReadOnlyMemory<byte> Salt, int Iterations, IReadOnlyList<ScramKeys> Keys);

/// <summary>StoredKey and ServerKey of one app password (RFC 5802 §3).</summary>
public sealed record ScramKeys(Guid Credential, ReadOnlyMemory<byte> StoredKey, ReadOnlyMemory<byte> ServerKey);
