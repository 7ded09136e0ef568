using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Language;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Ui.Doors;

/// <summary>Prepares the <see cref="Visit"/>: language, zone, theme and navigation of the reader. Runs after the viewer is known.</summary>
public sealed class VisitMiddleware(
    RequestDelegate next, Access access, IEnumerable<MenuItem> menu, Texts texts, IOptions<UiOptions> options, IOptions<HouseOptions> house, DemoMode demo, TimeProvider clock)
{
    private const int MaxOwnUnits = 12; // The switcher is a menu, not the directory.
    private readonly MenuItem[] _menu = [.. menu.OrderBy(m => m.Order).ThenBy(m => m.TextKey, StringComparer.Ordinal)];

    public async Task InvokeAsync(HttpContext http, Visit visit, CurrentViewer current)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(current);
        var viewer = current.Viewer;
        var settings = options.Value;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = ReaderChoice.LanguageOf(http.Request, viewer.Language, settings.Language);
        visit.Address = AddressOf(http);
        visit.TimeZone = ReaderChoice.ZoneOf(viewer.TimeZone, house.Value.TimeZone);
        visit.Theme = viewer.Theme;
        visit.IsSignedIn = viewer.IsSignedIn;
        visit.DisplayName = viewer.DisplayName;
        visit.Login = viewer.Login;
        visit.IsDemo = demo.IsOn;
        visit.ShowsPatterns = settings.ShowsPatterns || demo.IsOn;
        visit.FootLinks =
        [
            new(texts["ui.foot.imprint"], settings.ImprintPath),
            new(texts["ui.foot.privacy"], settings.PrivacyPath),
            new(texts["ui.foot.accessibility"], settings.AccessibilityPath),
        ];

        var tree = await access.TreeAsync(http.RequestAborted);
        var table = await access.TableAsync(http.RequestAborted);
        var utcNow = clock.GetUtcNow().UtcDateTime;
        visit.Organisation = tree.Root?.Name ?? visit.Organisation;
        visit.OwnUnits = [.. viewer.MemberOf.Take(MaxOwnUnits).Select(tree.Find).OfType<UnitNode>().Select(u => new NamedLink(u.Name, UnitPlace.HrefOf(u.Path)))];
        visit.Services = Entries(MenuPlace.Services);
        visit.Administration = Entries(MenuPlace.Administration);
        visit.AccountEntries = viewer.IsSignedIn ? Entries(MenuPlace.Account) : [];
        visit.Unread = viewer.Account is { } account ? await UnreadAsync(http, account) : 0;
        await next(http);

        IReadOnlyList<NavigationEntry> Entries(MenuPlace place) =>
        [
            .. _menu.Where(m => m.Place == place && (m.Permission is null || table.MayAnywhere(viewer, m.Permission, utcNow)))
                .Select(m => new NavigationEntry(texts[m.TextKey], m.Href, m.Icon)),
        ];
    }

    // On an error page the address that failed, not that of the error page: to it one returns after signing in.
    private static string AddressOf(HttpContext http)
        => http.Features.Get<IStatusCodeReExecuteFeature>() is { } missed ? missed.OriginalPathBase + missed.OriginalPath + missed.OriginalQueryString
            : http.Features.Get<IExceptionHandlerPathFeature>() is { } failed ? failed.Path + http.Request.QueryString
            : http.Request.PathBase + http.Request.Path + http.Request.QueryString;

    private static async Task<int> UnreadAsync(HttpContext http, AccountId account)
        => http.RequestServices.GetService<UnreadCounts>() is { } counts ? await counts.OfAsync(account, http.RequestAborted) : 0;
}
