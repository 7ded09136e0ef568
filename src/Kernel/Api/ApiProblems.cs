using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum.Kernel.Api;

/// <summary>Every refusal and every failure as application/problem+json (RFC 9457).</summary>
internal static class ApiProblems
{
    /// <summary>What an exception means to the caller.</summary>
    public static ProblemDetails Of(Exception thrown, bool isSignedIn, Texts texts)
    {
        var problem = thrown switch
        {
            RuleException broken => new ProblemDetails { Status = StatusCodes.Status422UnprocessableEntity, Detail = texts.Of(broken), Extensions = { ["rule"] = broken.Key } },
            DeniedException when !isSignedIn => new() { Status = StatusCodes.Status401Unauthorized, Detail = texts["api.needs-token"] },
            DeniedException denied => Denied(denied, texts),
            BadHttpRequestException bad => new() { Status = bad.StatusCode, Detail = bad.InnerException is System.Text.Json.JsonException json ? $"{bad.Message} {json.Message}" : bad.Message },
            _ when StorageFaults.Of(thrown) is not null => new() { Status = StatusCodes.Status503ServiceUnavailable, Detail = texts["api.later"] },
            _ => new() { Status = StatusCodes.Status500InternalServerError, Detail = texts["api.failed"], Extensions = { ["reference"] = Activity.Current?.TraceId.ToString() } },
        };
        return problem;
    }

    public static ProblemDetails Of(int status, string? detail = null) => new() { Status = status, Detail = detail };

    public static async Task WriteAsync(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ?? StatusCodes.Status500InternalServerError;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Instance ??= http.Request.Path;
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer"; // RFC 6750 §3
        }

        await http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", CancellationToken.None);
    }

    private static ProblemDetails Denied(DeniedException denied, Texts texts) => new()
    {
        Status = StatusCodes.Status403Forbidden,
        Detail = texts["api.denied", texts["permission." + denied.Permission]],
        Extensions = { ["permission"] = denied.Permission, ["unit"] = denied.Unit?.Value },
    };
}
