using Microsoft.AspNetCore.DataProtection;
using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.SecondFactors;

/// <summary>Carries "the password was right" from the first step to the second, sealed, for five minutes.</summary>
public sealed class SecondFactorTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5); // Time to find the phone.
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("Plenum.SignOn.SecondFactor").ToTimeLimitedDataProtector();

    public string Seal(AccountId account) => _seal.Protect(account.ToString(), Lifetime);

    public bool TryOpen(string ticket, out AccountId account)
    {
        account = default;
        try
        {
            return ticket.Length < 2_000 && AccountId.TryParse(_seal.Unprotect(ticket), null, out account);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false; // Too old, or not ours.
        }
    }
}
