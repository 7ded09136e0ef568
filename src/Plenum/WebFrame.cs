using Microsoft.AspNetCore.Builder;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Web;

namespace Plenum;

/// <summary>The web side of the house: what every request passes, and what answers it.</summary>
internal static class WebFrame
{
    public static void AddServices(WebApplicationBuilder builder, ModuleCatalog modules)
    {
        builder.WebHost.UseKestrel();
        builder.Services.AddRouting();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddAntiforgery();
        builder.Services.AddOutputCache();
        builder.Services.AddProblemDetails();
    }

    public static void Map(WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<InternalOnlyMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<ViewerMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseOutputCache();
        app.MapGet("/health/ready", () => Results.Text("ready"));
        app.Services.GetRequiredService<ModuleCatalog>().MapEndpoints(app);
    }
}
