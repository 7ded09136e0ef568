using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.Domain;

/// <summary>A browser that is signed in. The cookie holds its id; ending the row ends the sign-in on every node within a minute.</summary>
public sealed class Session
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30); // Sliding: whoever comes once a month stays signed in.

    private Session()
    {
    }

    public Session(AccountId account, string address, string userAgent, SignInMethod method, DateTime utcNow)
    {
        Id = Guid.CreateVersion7();
        AccountId = account;
        Address = address;
        UserAgent = userAgent.Length <= 300 ? userAgent : userAgent[..300];
        Method = method;
        CreatedAt = LastSeenAt = utcNow;
    }

    public Guid Id { get; private init; }

    public AccountId AccountId { get; private init; }

    public DateTime CreatedAt { get; private init; }

    public DateTime LastSeenAt { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>IP address at sign-in.</summary>
    public string Address { get; private init; } = "";

    public string UserAgent { get; private init; } = "";

    public SignInMethod Method { get; private init; }

    public bool IsValid(DateTime utcNow) => EndedAt is null && utcNow - LastSeenAt < Lifetime;

    public void Seen(DateTime utcNow) => LastSeenAt = utcNow;

    public void End(DateTime utcNow) => EndedAt ??= utcNow;
}

/// <summary>How a sign-in was proven. Text key <c>signon.method.NAME</c>.</summary>
public enum SignInMethod
{
    Password,
    PasswordAndTotp,
    PasswordAndRecoveryCode,
    Passkey,
    RecoveryLink,
    AppPassword,

    /// <summary>The one-time link that the console of a new Plenum prints.</summary>
    SetUpLink,
}
