using System.Reflection;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Plenum.Kernel.Web;

namespace Plenum;

/// <summary>Metrics for Prometheus on the internal port; metrics and traces by OTLP where Operations:OtlpEndpoint says so.</summary>
internal static class Telemetry
{
    public static void AddServices(WebApplicationBuilder builder)
    {
        var version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("plenum", serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter("Plenum.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel") // Not the components': a series per component and bucket.
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (Uri.TryCreate(builder.Configuration["Operations:OtlpEndpoint"], UriKind.Absolute, out var endpoint))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
            telemetry.WithTracing(traces => traces.AddSource("Plenum.*").AddAspNetCoreInstrumentation().AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
        }
    }

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").OnInternalPortOnly();
}
