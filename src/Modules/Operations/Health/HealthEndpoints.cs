using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Plenum.Kernel.Health;
using Plenum.Kernel.Language;
using Plenum.Kernel.Listeners;

namespace Plenum.Operations.Health;

/// <summary>What balancers and monitors ask. Public answers are one word; the internal port says why.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous(); // Public: tells nothing but that a process answers.
        endpoints.MapGet("/health/ready", ReadyAsync).AllowAnonymous(); // Public: balancers ask without an account.
    }

    private static async Task<IResult> ReadyAsync(HttpContext http, Readiness readiness, IHostApplicationLifetime life, Ports ports, Texts texts)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (life.ApplicationStopping.IsCancellationRequested)
        {
            return Results.Text("stopping", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var report = await readiness.ReportAsync(http.RequestAborted);
        var status = report.State == HealthState.Bad ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return http.Connection.LocalPort == ports.Find("internal")
            ? Results.Json(new ReadyAnswer(report.State.ToString(), [.. report.Findings.Select(f => new ReadyPart(f.Area, f.State.ToString(), texts[f.Key, [.. f.Args]]))]), statusCode: status)
            : Results.Text(status == StatusCodes.Status200OK ? "ready" : "not ready", statusCode: status);
    }

    private sealed record ReadyAnswer(string State, IReadOnlyList<ReadyPart> Parts);

    private sealed record ReadyPart(string Area, string State, string Text);
}
