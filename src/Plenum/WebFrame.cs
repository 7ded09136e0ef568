using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Api;
using Plenum.Kernel.Live;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Web;
using Plenum.Ui;

namespace Plenum;

/// <summary>The web side of the house: what every request passes, and what answers it.</summary>
internal static class WebFrame
{
    public static void AddServices(WebApplicationBuilder builder, ModuleBuilder module, ModuleCatalog modules)
    {
        builder.WebHost.UseKestrel();
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddOutputCache();
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true); // Form tokens differ on every page, and foreign pages send no session along.
        builder.Services.AddProblemDetails();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HouseOptions>>(TrustProxies);
        module.AddUi(modules.Assemblies);
    }

    public static void Map(WebApplication app)
    {
        var modules = app.Services.GetRequiredService<ModuleCatalog>();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseMiddleware<HeadMiddleware>();
        app.UseRouting();
        app.UseMiddleware<BodyLimit>();
        app.UseMiddleware<InternalOnlyMiddleware>();
        app.UseOutputCache(); // Keeps compressed pages, and serves guests before anyone asks who they are.
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseMiddleware<ViewerMiddleware>();
        app.UseVisit();
        app.UseApi();
        app.UseAuthorization();
        app.UseAntiforgery();
        Telemetry.Map(app);
        app.MapUi();
        app.MapApiDocument();
        app.MapLive();
        modules.MapEndpoints(app);
        var withPages = modules.Assemblies.Where(a => a != typeof(App).Assembly).ToArray();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(withPages);
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, IOptions<HouseOptions> house)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in house.Value.TrustedProxies)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy.Contains('/', StringComparison.Ordinal) ? proxy : $"{proxy}/{(IPAddress.Parse(proxy).GetAddressBytes().Length * 8)}"));
        }
    }
}
