using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Xunit.Sdk;

[assembly: AssemblyFixture(typeof(Houses))]
[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.All, MaxThreads = 3)] // Each has a browser page, and all share two servers.

namespace Plenum.Browser.Tests.House;

/// <summary>The demo on each database and one browser (Debian's Chromium without its windows), each started when the first test asks.</summary>
public sealed class Houses : IAsyncDisposable
{
    private readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<DemoServer>>> _servers = new();
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _browser = new(LaunchAsync);

    public Task<DemoServer> OnAsync(DatabaseProvider provider) => _servers.GetOrAdd(provider, p => new(() => DemoServer.StartAsync(p))).Value;

    public async Task<IBrowserContext> OpenAsync(View view)
        => await (await _browser.Value).Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = view.Width, Height = 900 },
            Locale = view.Language == "de" ? "de-DE" : "en-GB",
            ColorScheme = view.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = view.HasScripts,
            ReducedMotion = ReducedMotion.Reduce,
            IgnoreHTTPSErrors = true,
        });

    /// <summary>A context that someone of the demo is signed in with; null for a guest.</summary>
    public async Task<IBrowserContext> OpenAsync(View view, DemoServer server, string? login)
    {
        var context = await OpenAsync(view);
        if (login is not null)
        {
            var page = await context.NewPageAsync();
            await SignInAsync(page, server, login, "plenum-demo");
            await page.CloseAsync();
        }

        return context;
    }

    /// <summary>Fills in the sign-in form.</summary>
    public static async Task SignInAsync(IPage page, DemoServer server, string login, string password)
    {
        await page.GotoAsync(server.Address + "/sign-in");
        await page.Locator("input[autocomplete^=username]").FillAsync(login);
        await page.Locator("input[autocomplete=current-password]").FillAsync(password);
        await page.Locator("main form .button.main").First.ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            var (playwright, browser) = await _browser.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }

        foreach (var server in _servers.Values.Where(s => s.IsValueCreated && s.Value.IsCompletedSuccessfully))
        {
            await (await server.Value).DisposeAsync();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000); // Milliseconds, on a machine that does other things.
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PLENUM_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        }));
    }
}

/// <summary>How a page is looked at.</summary>
public sealed record View(int Width, string Language = "de", bool IsDark = false, bool HasScripts = true)
{
    public static View Desk { get; } = new(1440);

    public override string ToString() => $"{Width}-{Language}-{(IsDark ? "dark" : "light")}";
}
