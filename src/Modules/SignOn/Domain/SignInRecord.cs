using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.Domain;

public enum SignInOutcome
{
    Succeeded,
    WrongSecret,
    WrongSecondFactor,

    /// <summary>Refused unseen: too many failures before.</summary>
    Limited,
}

/// <summary>One line of the sign-in log the person sees. Attempts on names that do not exist are counted, not kept.</summary>
public sealed class SignInRecord
{
    public long Id { get; init; }

    public required AccountId AccountId { get; init; }

    public required DateTime At { get; init; }

    /// <summary>"web" or the name of a protocol door.</summary>
    public required string Door { get; init; }

    public required SignInMethod? Method { get; init; }

    public required SignInOutcome Outcome { get; init; }

    public required string Address { get; init; }

    public required string UserAgent { get; init; }
}
