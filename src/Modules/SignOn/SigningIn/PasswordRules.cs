using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Plenum.Kernel;

namespace Plenum.SignOn.SigningIn;

/// <summary>Which passwords are good enough: long, not known, not one's own name (NIST SP 800-63B-4 §3.1.1.2). No rules about kinds of characters.</summary>
public sealed class PasswordRules(IOptions<SignOnOptions> options)
{
    public const int MaxLength = 256; // Room for any sentence; bounds the hashing.

    /// <exception cref="RuleException">The password is too short, too long, or among the first an attacker tries.</exception>
    public void Check(string password, params ReadOnlySpan<string> ownWords)
    {
        if (password.Length < options.Value.MinPasswordLength)
        {
            throw new RuleException("signon.password.too-short", options.Value.MinPasswordLength);
        }

        if (password.Length > MaxLength)
        {
            throw new RuleException("signon.password.too-long", MaxLength);
        }

        var folded = CommonPasswords.Fold(password);
        foreach (var word in ownWords)
        {
            if (word.Length >= 4 && folded.Contains(word, StringComparison.OrdinalIgnoreCase) && folded.Length < word.Length + 6)
            {
                throw new RuleException("signon.password.own-name");
            }
        }

        if (CommonPasswords.Contains(password) || IsBreached(password))
        {
            throw new RuleException("signon.password.known");
        }
    }

    private bool IsBreached(string password)
    {
        if (options.Value.BreachedPasswordsFile.Length == 0)
        {
            return false;
        }

        // The published lists are SHA-1; here the hash only looks a line up and protects nothing.
#pragma warning disable CA5350
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var file = File.OpenRead(options.Value.BreachedPasswordsFile);
        return SortedLines.Contains(file, wanted);
    }
}
