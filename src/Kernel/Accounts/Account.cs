using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Accounts;

public enum AccountKind
{
    Person,

    /// <summary>A program: no password sign-in, only tokens and app passwords.</summary>
    Service,
}

public enum AccountState
{
    /// <summary>Registered; the mail address is not confirmed yet.</summary>
    Unconfirmed,
    Active,

    /// <summary>Barred for a time by an administrator.</summary>
    Suspended,

    /// <summary>Gone for good; the name is never given to anyone else.</summary>
    Closed,
}

/// <summary>Someone or something that can sign in. Holds no membership data: the register tells the kernel only <see cref="MembershipFact"/>s.</summary>
public sealed class Account
{
    private Account()
    {
    }

    public Account(LoginName login, string displayName, string? email, AccountKind kind, DateTime utcNow)
    {
        Id = AccountId.New();
        Login = login.Value;
        Kind = kind;
        CreatedAt = utcNow;
        State = kind == AccountKind.Service ? AccountState.Active : AccountState.Unconfirmed;
        Email = email?.Trim().ToLowerInvariant();
        CallMe(displayName);
    }

    public AccountId Id { get; private init; }

    /// <summary>What one types to sign in, and the local part of the account's own addresses.</summary>
    public string Login { get; private init; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>Where mail from Plenum to the person goes; lower case; null for service accounts.</summary>
    public string? Email { get; private set; }

    public AccountKind Kind { get; private init; }

    public AccountState State { get; private set; }

    public string? Language { get; private set; }

    public string? TimeZone { get; private set; }

    public string? Theme { get; private set; }

    /// <summary>A few words about oneself, Markdown.</summary>
    public string About { get; private set; } = "";

    public DateTime CreatedAt { get; private init; }

    public bool CanSignIn => State == AccountState.Active;

    public void CallMe(string displayName)
    {
        var clean = displayName.Trim();
        DisplayName = clean.Length is > 0 and <= 120 && !clean.Any(char.IsControl) ? clean : throw new RuleException("accounts.name-length", 120);
    }

    public void Describe(string about) => About = about.Length <= 5_000 ? about : throw new RuleException("accounts.about-too-long", 5_000);

    public void Prefer(string? language, string? timeZone, string? theme)
    {
        Language = language is "de" or "en" ? language : null;
        TimeZone = timeZone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _) ? timeZone : null;
        Theme = theme is "light" or "dark" ? theme : null;
    }

    /// <summary>The mail address is proven to be the person's; an unconfirmed account becomes active.</summary>
    public void ConfirmEmail(string email)
    {
        Email = email.Trim().ToLowerInvariant();
        if (State == AccountState.Unconfirmed)
        {
            State = AccountState.Active;
        }
    }

    public void Suspend()
    {
        if (State is AccountState.Active or AccountState.Unconfirmed)
        {
            State = AccountState.Suspended;
        }
    }

    public void Reinstate()
    {
        if (State == AccountState.Suspended)
        {
            State = AccountState.Active;
        }
    }

    /// <summary>Ends the account; what it wrote stays under the name it had, the mail address goes.</summary>
    public void Close()
    {
        State = AccountState.Closed;
        Email = null;
        About = "";
    }
}
