using System.Reflection;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Ui.Doors;
using Plenum.Ui.Markdown;

namespace Plenum.Ui;

/// <summary>
/// What the host calls to have the user interface. Order of the middleware: UseSecurityHeaders, UseErrorPages, routing, authentication,
/// ViewerMiddleware, UseVisit, authorization, antiforgery; then MapUi and MapRazorComponents&lt;App&gt;.
/// </summary>
public static class UiEndpoints
{
    /// <param name="assemblies">Assemblies that may embed files under "assets/": all modules.</param>
    public static ModuleBuilder AddUi(this ModuleBuilder module, IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.AddOptions<UiOptions>("Ui");
        var services = module.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new UiAssets(assemblies));
        services.AddScoped<Visit>();
        services.AddScoped<MarkHtml>();
        services.AddSingleton<Flash>();
        services.AddDataProtection();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "plenum-form";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // frame-ancestors says it.
        });
        services.AddRazorComponents();
        module.AddPublicPages();
        services.AddWebEncoders(o => o.TextEncoderSettings = new(UnicodeRanges.All)); // Letters as they are: pages are UTF-8.
        return module;
    }

    /// <summary>CSP and its neighbours on every response. First in the pipeline.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.UseMiddleware<SecurityHeaders>();

    /// <summary>Pages for 403, 404, 410, 500 …, for people; the API answers for itself.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
        => app.UseWhen(http => !http.Request.Path.StartsWithSegments("/api"), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                AllowStatusCode404Response = true,
                CreateScopeForErrors = true, // A page that failed has used up its scope: the error page could not be rendered in it.
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = failed => StatusOf(failed.Exception) < StatusCodes.Status500InternalServerError, // An answer, not a failure.
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        });

    /// <summary>Language, zone, theme and navigation of the reader. After ViewerMiddleware.</summary>
    public static IApplicationBuilder UseVisit(this IApplicationBuilder app) => app.UseMiddleware<VisitMiddleware>();

    /// <summary>Styles, scripts, icons; preview of Markdown.</summary>
    public static void MapUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapUiAssets();
        endpoints.MapMarkdownPreview();
    }

    private static int StatusOf(Exception thrown) => thrown switch
    {
        DeniedException => StatusCodes.Status403Forbidden,
        RuleException => StatusCodes.Status422UnprocessableEntity,
        BadHttpRequestException bad => bad.StatusCode,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        _ when StorageFaults.Of(thrown) is not null => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
