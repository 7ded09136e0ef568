using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Plenum.Kernel;

namespace Plenum.SignOn.SecondFactors;

/// <summary>
/// Carries the challenge from the question to the answer, sealed, for five minutes and for one answer (WebAuthn Level 3 §13.4.3).
/// Which answers were given is remembered by the node that took them; on another node the seal and the signature counter remain.
/// </summary>
public sealed class PasskeyState(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MaxRemembered = 100_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5); // How long a browser may ask its user.
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("Plenum.SignOn.Passkey").ToTimeLimitedDataProtector();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _answered = new(StringComparer.Ordinal);

    public string Seal(string? state) => _seal.Protect(JsonSerializer.Serialize(state), Lifetime);

    /// <exception cref="RuleException">The state is too old, not ours, or was answered before.</exception>
    public string? Open(string state)
    {
        try
        {
            var opened = JsonSerializer.Deserialize<string?>(_seal.Unprotect(state));
            return TryUse(state) ? opened : throw new RuleException("signon.passkey.too-late");
        }
        catch (CryptographicException)
        {
            throw new RuleException("signon.passkey.too-late");
        }
    }

    private bool TryUse(string state)
    {
        var now = clock.GetUtcNow();
        if (_answered.Count >= MaxRemembered)
        {
            foreach (var (key, until) in _answered)
            {
                if (until < now)
                {
                    _answered.TryRemove(key, out _);
                }
            }
        }

        return _answered.TryAdd(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state))), now + Lifetime);
    }
}
