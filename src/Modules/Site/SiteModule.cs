using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Snapshots;
using Plenum.Site.Data;
using Plenum.Site.Domain;
using Plenum.Site.Finding;
using Plenum.Site.Legal;
using Plenum.Site.People;
using Plenum.Site.Units;
using Plenum.Site.Web;
using Plenum.Ui;

namespace Plenum.Site;

/// <summary>The face of the organisation: home page, units, people, search, "my things", legal pages. The one public door of this module.</summary>
public sealed class SiteModule : IModule
{
    public static string Name => "site";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddModel<SiteModel>()
            .Add(new StampedEntity(typeof(LegalText), SiteStamp.Name))
            .Add(new StampedEntity(typeof(ProfileChoice), SiteStamp.Name))
            .Add(new PublicPageStamp(SiteStamp.Name))
            .Add(new MenuItem(MenuPlace.Services, "site.menu.home", "/", "home", 0))
            .Add(new MenuItem(MenuPlace.Services, "site.menu.units", "/units", "tree", 10))
            .Add(new MenuItem(MenuPlace.Account, "site.menu.me", "/me", "dashboard", 0))
            .Add(new MenuItem(MenuPlace.Account, "site.menu.notifications", "/account/notifications", "bell", 30));
        var services = module.Services;
        services.AddSingleton<UnitNames>();
        services.AddSingleton<PeopleNames>();
        services.AddScoped<UnitPages>();
        services.AddScoped<UnitDirectory>();
        services.AddScoped<ProfileService>();
        services.AddScoped<OwnPlaces>();
        services.AddScoped<LegalTexts>();
        services.AddScoped<SearchPages>();
        services.AddScoped<Suggestions>();
        services.AddScoped<IDemoSeed, DemoSite>();
    }

    public static void MapEndpoints(IEndpointRouteBuilder endpoints) => SiteEndpoints.Map(endpoints);
}
