using Plenum.Kernel.Accounts;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>What comes after an attempt in the browser.</summary>
public abstract record SignInStep
{
    /// <summary>The name or the secret is wrong; which one is not said.</summary>
    public sealed record Refused : SignInStep;

    /// <summary>Too many failures; try again after this time.</summary>
    public sealed record Wait(TimeSpan For) : SignInStep;

    /// <summary>The password is right, but the account waits for its mail address to be confirmed.</summary>
    public sealed record Unconfirmed(Account Account) : SignInStep;

    /// <summary>The password was right; the second factor is asked next.</summary>
    /// <param name="Ticket">Sealed and short-lived; comes back with the code.</param>
    public sealed record SecondFactor(string Ticket) : SignInStep;

    public sealed record Done(Session Session) : SignInStep;
}
