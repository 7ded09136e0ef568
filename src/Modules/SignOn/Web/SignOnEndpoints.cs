using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenum.Kernel;
using Plenum.Kernel.Language;
using Plenum.Kernel.Web;
using Plenum.SignOn.Devices;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Web;

/// <summary>Signing out, and the passkey conversation of the browser's script.</summary>
internal static class SignOnEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-out", SignOutAsync);
        endpoints.MapPost("/passkeys/sign-in", BeginSignInAsync);
        endpoints.MapPost("/passkeys/sign-in/answer", CompleteSignInAsync);
        endpoints.MapPost("/passkeys/register", BeginRegistrationAsync).RequireAuthorization();
        endpoints.MapPost("/passkeys/register/answer", CompleteRegistrationAsync).RequireAuthorization();
    }

    /// <summary>Where to go after signing in: a path of this house, nothing else.</summary>
    public static string SafeReturn(string? back)
        => back is ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl) && back.Length < 2_000 ? back : "/";

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery forms, CurrentViewer me, SessionService sessions)
    {
        await forms.ValidateRequestAsync(http);
        if (me.Viewer.IsSignedIn && SignOnCookie.SessionOf(http) is { } session)
        {
            await sessions.EndAsync(me.Viewer, session, http.RequestAborted);
        }

        await http.SignOutAsync(SignOnCookie.Scheme);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> BeginSignInAsync(HttpContext http, IAntiforgery forms, PasskeyService passkeys)
    {
        await forms.ValidateRequestAsync(http);
        return Results.Json(await passkeys.BeginSignInAsync(http));
    }

    private static async Task<IResult> CompleteSignInAsync(PasskeyAnswer answer, HttpContext http, IAntiforgery forms, PasskeyService passkeys, Texts texts)
    {
        await forms.ValidateRequestAsync(http);
        try
        {
            if (await passkeys.CompleteSignInAsync(answer, http) is SignInStep.Done done)
            {
                await SignOnCookie.SignInAsync(http, done.Session);
                return Results.Ok();
            }

            return Refusal(texts["signon.passkey.unknown"]);
        }
        catch (RuleException broken)
        {
            return Refusal(texts.Of(broken));
        }
    }

    private static async Task<IResult> BeginRegistrationAsync(
        HttpContext http, IAntiforgery forms, CurrentViewer me, PasskeyService passkeys, SessionService sessions, Texts texts)
    {
        await forms.ValidateRequestAsync(http);
        try
        {
            await sessions.DemandFreshAsync(me.Viewer, SignOnCookie.SessionOf(http), http.RequestAborted);
            return Results.Json(await passkeys.BeginRegistrationAsync(me.Viewer, http));
        }
        catch (RuleException broken)
        {
            return Refusal(texts.Of(broken));
        }
    }

    private static async Task<IResult> CompleteRegistrationAsync(
        PasskeyAnswer answer, string? name, HttpContext http, IAntiforgery forms, CurrentViewer me, PasskeyService passkeys, Texts texts)
    {
        await forms.ValidateRequestAsync(http);
        try
        {
            await passkeys.CompleteRegistrationAsync(me.Viewer, name ?? "", answer, http);
            return Results.Ok();
        }
        catch (RuleException broken)
        {
            return Refusal(texts.Of(broken));
        }
    }

    private static IResult Refusal(string sentence) => Results.Problem(sentence, statusCode: StatusCodes.Status422UnprocessableEntity);
}
