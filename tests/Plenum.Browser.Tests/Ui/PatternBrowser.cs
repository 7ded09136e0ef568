using Microsoft.Playwright;

namespace Plenum.Browser.Tests.Ui;

/// <summary>The pattern book and a browser (Debian's Chromium), started once for all tests of the class.</summary>
public sealed class PatternBrowser : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private PatternHost _host = null!;

    public IBrowser Browser { get; private set; } = null!;

    public string Address => _host.Address;

    public async ValueTask InitializeAsync()
    {
        _host = await PatternHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PLENUM_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        });
    }

    public async Task<IBrowserContext> OpenAsync(int width, string language, ColorScheme scheme, bool scripts = true)
        => await Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            Locale = language == "de" ? "de-DE" : "en-GB",
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _host.DisposeAsync();
    }
}
