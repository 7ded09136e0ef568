using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Web;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>The cookie that lets someone in: says which session, nothing else. Set at sign-in only.</summary>
internal static class SignOnCookie
{
    public const string Scheme = "plenum";
    private const string SessionClaim = "sid";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookie.Name;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // Secure wherever the request came over TLS; a development server has none.
        cookie.ExpireTimeSpan = Session.Lifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "back";
        cookie.AccessDeniedPath = "/error/403";
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    public static Task SignInAsync(HttpContext http, Session session)
    {
        http.RequestServices.GetRequiredService<DeviceCookie>().Remember(http, session.AccountId);
        return http.SignInAsync(Scheme, PrincipalOf(session), new() { IsPersistent = true });
    }

    public static ClaimsPrincipal PrincipalOf(Session session)
        => new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, session.AccountId.ToString()), new(SessionClaim, session.Id.ToString())], Scheme));

    /// <summary>The session of this request, or null.</summary>
    public static Guid? SessionOf(HttpContext http)
        => Guid.TryParse(http.User.FindFirstValue(SessionClaim), out var session) ? session : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionDirectory>();
        if (!Guid.TryParse(context.Principal?.FindFirstValue(SessionClaim), out var session)
            || !AccountId.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), null, out var account)
            || !await sessions.IsValidAsync(session, account, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}
