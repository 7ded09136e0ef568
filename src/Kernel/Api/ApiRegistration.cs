using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Api;

public static class ApiRegistration
{
    private const string Document = "v1";
    private const string TokenScheme = "token";

    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddApi()
        {
            module.AddOptions<ApiOptions>("Api").AddModel<ApiModel>();
            module.AddJob<ForgetAnswers>("api.forget-answers", "17 * * * *");
            var services = module.Services;
            services.AddSingleton<TokenDirectory>();
            services.AddSingleton<ApiLimiter>();
            services.AddScoped<Idempotency>();
            services.AddScoped<AccessTokens>();
            services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // The door says what is wrong with a body.
            services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
            services.AddOpenApi(Document, options =>
            {
                options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
                options.AddDocumentTransformer((document, _, _) =>
                {
                    Describe(document);
                    return Task.CompletedTask;
                });
            });
            return module;
        }
    }

    /// <summary>After the viewer and the language are known.</summary>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app) => app.UseMiddleware<ApiDoor>();

    /// <summary>The group of the REST interface: modules map their resources here, e.g. <c>endpoints.Api().MapGet("boards", …)</c>.</summary>
    public static RouteGroupBuilder Api(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1").DisableAntiforgery(); // No cookie, so nothing to forge.
        group.AddEndpointFilter(async (context, next) => await context.HttpContext.RequestServices.GetRequiredService<Idempotency>().InvokeAsync(context, next));
        return group;
    }

    /// <summary>The document that describes the whole interface.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/api/{documentName}/openapi.json");

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Plenum",
            Version = Document,
            Description = "Lists are paged by cursors, errors are application/problem+json (RFC 9457), requests that change something take an Idempotency-Key.",
        };
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal access token: /me/tokens." },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(TokenScheme, document)] = [] }, []];
    }
}
