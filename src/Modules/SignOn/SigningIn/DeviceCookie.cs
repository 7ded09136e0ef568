using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.SigningIn;

/// <summary>
/// Remembers in the browser, sealed, who signed in with it, so that strangers who guess at an account do not lock its people out. It outlives
/// signing out and opens nothing.
/// </summary>
public sealed class DeviceCookie(IDataProtectionProvider protection)
{
    private const string Name = "plenum-device";
    private const int MaxAccounts = 5; // A family's browser.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180); // As long as the log knows a device.
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("Plenum.SignOn.Device").ToTimeLimitedDataProtector();

    /// <summary>The device as it was sealed; null if it brings no cookie, or none of ours.</summary>
    public KnownDevice? Read(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            return http.Request.Cookies[Name] is { Length: > 0 and < 2_000 } cookie && _seal.Unprotect(cookie).Split(' ') is [var id, .. var accounts]
                ? new(id, [.. accounts.Select(a => AccountId.Parse(a, null))])
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Lets the browser remember that this account signed in.</summary>
    public void Remember(HttpContext http, AccountId account)
    {
        var known = Read(http);
        var accounts = (known?.Accounts ?? []).Where(a => a != account).Prepend(account).Take(MaxAccounts);
        var text = string.Join(' ', accounts.Select(a => a.ToString()).Prepend(known?.Id ?? Guid.NewGuid().ToString("N")));
        http.Response.Cookies.Append(
            Name, _seal.Protect(text, Lifetime), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = Lifetime, IsEssential = true });
    }
}

/// <summary>A browser that has signed in to these accounts before.</summary>
public sealed record KnownDevice(string Id, IReadOnlyList<AccountId> Accounts);
