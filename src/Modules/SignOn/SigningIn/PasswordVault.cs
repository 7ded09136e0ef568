using Microsoft.AspNetCore.Identity;
using Plenum.Kernel.Accounts;

namespace Plenum.SignOn.SigningIn;

/// <summary>Hashes and checks passwords with ASP.NET Core Identity's hasher (PBKDF2-HMAC-SHA512, 100,000 iterations).</summary>
public sealed class PasswordVault
{
    private readonly PasswordHasher<Account> _hasher = new();
    private readonly string _decoy;

    public PasswordVault() => _decoy = Hash(Guid.NewGuid().ToString());

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Compares; without a hash it works as long on a decoy and fails.</summary>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        if (password.Length > PasswordRules.MaxLength)
        {
            return PasswordVerificationResult.Failed;
        }

        var verdict = _hasher.VerifyHashedPassword(null!, hash ?? _decoy, password);
        return hash is null ? PasswordVerificationResult.Failed : verdict;
    }
}
