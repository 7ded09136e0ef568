using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.Domain;

/// <summary>What an account signs in with: at most one password, one authenticator app, and the salt its app passwords share.</summary>
public sealed class Credentials
{
    private Credentials()
    {
    }

    public Credentials(AccountId account, byte[] scramSalt)
    {
        AccountId = account;
        ScramSalt = scramSalt;
    }

    public AccountId AccountId { get; private init; }

    /// <summary>In the format of ASP.NET Core Identity (version, PRF, iterations, salt, key); null without a password.</summary>
    public string? PasswordHash { get; private set; }

    public DateTime? PasswordChangedAt { get; private set; }

    public byte[] ScramSalt { get; private init; } = [];

    /// <summary>Shared secret of the authenticator app (RFC 6238), sealed with the data protection keys; null without one.</summary>
    public string? TotpSecret { get; private set; }

    /// <summary>The last time step that was used: a code works once (RFC 6238 §5.2).</summary>
    public long TotpLastStep { get; private set; }

    public bool HasTotp => TotpSecret is not null;

    public void SetPassword(string hash, DateTime utcNow) => (PasswordHash, PasswordChangedAt) = (hash, utcNow);

    public void UseTotp(string sealedSecret, long step) => (TotpSecret, TotpLastStep) = (sealedSecret, step);

    public void RemoveTotp() => TotpSecret = null;

    /// <returns>False if this or a later step was used before.</returns>
    public bool TryUseStep(long step)
    {
        if (step <= TotpLastStep)
        {
            return false;
        }

        TotpLastStep = step;
        return true;
    }
}

/// <summary>A one-time code for the day the phone is lost. Kept as a hash: the code has 80 random bits, so a fast one will do.</summary>
public sealed class RecoveryCode
{
    public required Guid Id { get; init; }

    public required AccountId AccountId { get; init; }

    public required byte[] Hash { get; init; }

    public DateTime? UsedAt { get; set; }
}
