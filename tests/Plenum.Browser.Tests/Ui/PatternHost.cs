using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Kernel;
using Plenum.Kernel.Language;
using Plenum.Kernel.Modules;
using Plenum.Ui;
using Plenum.Ui.Doors;

namespace Plenum.Browser.Tests.Ui;

/// <summary>A server with the pattern book and nothing else: no database, an invented reader (?as=guest for none).</summary>
public sealed class PatternHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PatternHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<PatternHost> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton(new Texts([typeof(App).Assembly]));
        builder.Services.AddRouting();
        new ModuleBuilder(builder.Services, builder.Configuration).AddUi([]);
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.Use(InventAsync);
        app.UseRouting();
        app.UseAntiforgery();
        app.MapUi();
        app.MapGet("/denied", IResult () => throw new DeniedException("discussions.moderate", null));
        app.MapGet("/broken", IResult () => throw new InvalidOperationException("deliberate"));
        app.MapGet("/gone", () => Results.StatusCode(410));
        app.MapRazorComponents<App>();
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task InventAsync(HttpContext http, RequestDelegate next)
    {
        var visit = http.RequestServices.GetRequiredService<Visit>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = ReaderChoice.LanguageOf(http.Request, null, "de");
        var isGerman = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de";
        visit.Organisation = "Demokratie-Partei";
        visit.IsDemo = true;
        visit.ShowsPatterns = true;
        visit.Address = http.Request.Path + http.Request.QueryString;
        visit.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        visit.IsSignedIn = http.Request.Query["as"] != "guest" && http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString?.Contains("guest", StringComparison.Ordinal) != true;
        visit.DisplayName = "Emil Vogt";
        visit.Login = "emil@plenum.test";
        visit.Unread = 3;
        visit.OwnUnits = [new("München", "/units/bayern/muenchen"), new("AG Digitales und Verwaltung", "/units/ag-digitales")];
        visit.Services =
        [
            new(isGerman ? "Start" : "Home", "/", "home"),
            new(isGerman ? "Gespräche" : "Discussions", "/boards", "board", 12),
            new("Wiki", "/wiki", "wiki"),
            new(isGerman ? "Chat" : "Chat", "/chat", "chat"),
            new(isGerman ? "Kalender" : "Calendar", "/calendar", "calendar"),
            new(isGerman ? "Anträge und Abstimmungen" : "Motions and votes", "/motions", "vote"),
            new(isGerman ? "Musterbuch" : "Pattern book", "/patterns", "swatch"),
        ];
        visit.AccountEntries = [new(isGerman ? "Meine Sachen" : "My things", "/me", "dashboard"), new(isGerman ? "Einstellungen" : "Settings", "/settings", "gear")];
        visit.Administration = http.Request.Query["as"] == "ada" ? [new(isGerman ? "Gliederungen" : "Units", "/admin/units", "tree"), new("Audit", "/admin/audit", "shield")] : [];
        visit.FootLinks = [new("Impressum", "/imprint"), new("Datenschutz", "/privacy"), new("Barrierefreiheit", "/accessibility")];
        return next(http);
    }
}
