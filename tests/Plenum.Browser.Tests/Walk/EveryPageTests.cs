using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Plenum.Testing;
using IRequest = Microsoft.Playwright.IRequest;

namespace Plenum.Browser.Tests.Walk;

/// <summary>Every kind of page in a browser, as a guest, a member and the operator: accessible, within its screen, its policy and its budget.</summary>
public sealed class EveryPageTests(Houses houses)
{
    private const int MaxRequests = 5;
    private const int MaxStyle = 20 * 1024;
    private const int MaxScript = 10 * 1024;
    private const int MaxTabs = 400;

    // What a page asks its script for comes after it was loaded.
    private const string AllEnhanced =
        """
        () => [...document.querySelectorAll('[data-enhance]')].flatMap(e => e.dataset.enhance.split(' '))
          .every(name => performance.getEntriesByType('resource').some(r => r.name.endsWith(`/${name}.js`)))
        """;

    // No link leads there: what is not there, and links of mails and the console that are spent.
    private static readonly string[] Unlinked =
        ["/nowhere", "/people/nobody", "/confirm/spent", "/recover/spent", "/setup/spent", "/boards/confirm/spent", "/boards/unsubscribe/spent", "/boards/nowhere", "/admin/audit"];

    public static TheoryData<string, int, string, bool> Views()
    {
        var views = new TheoryData<string, int, string, bool>();
        foreach (var persona in Walks.Personas)
        {
            views.Add(persona, 320, "de", false);
            views.Add(persona, 1440, "en", true);
        }

        views.Add("emil", 360, "en", true);
        views.Add("emil", 768, "de", false);
        return views;
    }

    [Theory, MemberData(nameof(Views))]
    public async Task Every_page_is_accessible_fits_its_screen_and_keeps_its_budget(string persona, int width, string language, bool isDark)
    {
        var (server, pages) = await PagesAsync(persona);
        var view = new View(width, language, isDark);
        await using var context = await houses.OpenAsync(view, server, persona == "guest" ? null : persona);
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, server.Address);
        var wrong = new List<string>();
        foreach (var path in pages)
        {
            watch.TakeRequests();
            await page.GotoAsync(server.Address + path);
            await page.WaitForFunctionAsync(AllEnhanced);
            wrong.AddRange((await BudgetAsync(watch.TakeRequests())).Concat(watch.TakeComplaints()).Concat(await Axe.FindAsync(page)).Select(complaint => $"{path}: {complaint}"));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0)
            {
                wrong.Add($"{path}: {over} px wider than {width} px");
            }

            if (Environment.GetEnvironmentVariable("PLENUM_PICTURES") is not null)
            {
                await page.ScreenshotAsync(new() { Path = Picture($"{persona}-{view}{path}"), FullPage = true });
            }

            watch.TakeComplaints();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)) + $"\n{wrong.Count} in all");
    }

    [Theory]
    [InlineData("guest", 1440)]
    [InlineData("emil", 1440)]
    [InlineData("emil", 360)]
    [InlineData("ada", 1440)]
    public async Task The_keyboard_reaches_everything_shows_where_it_is_and_is_never_caught(string persona, int width)
    {
        var (server, pages) = await PagesAsync(persona);
        await using var context = await houses.OpenAsync(new(width), server, persona == "guest" ? null : persona);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        foreach (var path in pages)
        {
            await page.GotoAsync(server.Address + path);
            wrong.AddRange((await TourAsync(page)).Select(complaint => $"{path}: {complaint}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)) + $"\n{wrong.Count} in all");
    }

    [Fact]
    public async Task On_paper_a_page_is_text_without_the_house_around_it()
    {
        var (server, pages) = await PagesAsync("emil");
        await using var context = await houses.OpenAsync(View.Desk, server, "emil");
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var path in pages)
        {
            await page.GotoAsync(server.Address + path);
            Assert.False(await page.Locator(".top").IsVisibleAsync(), path);
            Assert.False(await page.Locator("#services").IsVisibleAsync(), path);
            Assert.True(await page.Locator("main h1").IsVisibleAsync(), path);
        }
    }

    // Once for each route: how it looks does not depend on which unit it shows.
    private async Task<(DemoServer Server, IReadOnlyList<string> Paths)> PagesAsync(string persona)
    {
        var steps = await Walks.OfAsync(houses, DatabaseProvider.SQLite, persona);
        var paths = steps.Where(s => s.Route is not null && s.Html.Length > 0 && s.Answer.IsSuccessStatusCode)
            .GroupBy(s => (s.Route!.Template, s.Path.Contains('?', StringComparison.Ordinal))).SelectMany(g => g.Take(g.Key.Item2 ? 1 : 2)).Select(s => s.Path).ToList();
        Assert.True(paths.Count > 15, $"Only {paths.Count} pages were found.");
        return (await houses.OnAsync(DatabaseProvider.SQLite), [.. paths, .. Unlinked.Except(paths)]);
    }

    private static async Task<IReadOnlyList<string>> BudgetAsync(IReadOnlyList<IRequest> requests)
    {
        var wrong = new List<string>();
        var distinct = requests.Where(r => r.ResourceType != "eventsource").Select(r => r.Url).Distinct().ToList();
        if (distinct.Count > MaxRequests)
        {
            wrong.Add($"{distinct.Count} requests: {string.Join(' ', distinct.Select(u => new Uri(u).AbsolutePath))}");
        }

        var (style, script) = (await SizeAsync(requests, "stylesheet"), await SizeAsync(requests, "script"));
        if (style > MaxStyle || script > MaxScript)
        {
            wrong.Add($"{style} bytes of style, {script} bytes of script");
        }

        return wrong;
    }

    // Compressed, as it came over the wire; the browser's own cache answers the second time.
    private static async Task<int> SizeAsync(IEnumerable<IRequest> requests, string kind)
    {
        var size = 0;
        foreach (var request in requests.Where(r => r.ResourceType == kind))
        {
            size += await request.ResponseAsync() is { } answer && int.TryParse(await answer.HeaderValueAsync("content-length"), out var length) ? length : 0;
        }

        return size;
    }

    private static async Task<IReadOnlyList<string>> TourAsync(IPage page)
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var tabs = 0; tabs < MaxTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<Focus?>(
                """
                () => {
                  const e = document.activeElement;
                  if (!e || e === document.body) return null;
                  const all = [...document.querySelectorAll('*')];
                  const shows = x => { const s = getComputedStyle(x); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
                  const box = e.getBoundingClientRect();
                  let shown = shows(e);
                  for (let x = e.parentElement; x && !shown; x = x.parentElement) shown = x.matches(':focus-within, :has(:focus-visible)') && shows(x) && x !== document.body && x.contains(e) && !x.matches('main, .site');
                  return { key: String(all.indexOf(e)), name: e.outerHTML.slice(0, 120), isShown: shown, isSkip: e.matches('.skip'), isSeen: box.width > 0 && box.height > 0 };
                }
                """);
            if (at is null)
            {
                return wrong; // Out of the page again: the browser's own bar comes next.
            }

            if (tabs == 0 && !at.IsSkip)
            {
                wrong.Add($"the first stop is {at.Name}, not the link to the content");
            }

            if (!seen.Add(at.Key))
            {
                return wrong; // Round once.
            }

            if (!at.IsShown || !at.IsSeen)
            {
                wrong.Add($"no focus to be seen at {at.Name}");
            }
        }

        wrong.Add($"more than {MaxTabs} stops");
        return wrong;
    }

    private static string Picture(string name)
        => Path.Combine(SharedData.RepositoryRoot, "artifacts", "pictures", "pages", string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' ? c : '_')) + ".png");

    private sealed class Focus
    {
        public string Key { get; set; } = "";

        public string Name { get; set; } = "";

        public bool IsShown { get; set; }

        public bool IsSkip { get; set; }

        public bool IsSeen { get; set; }
    }
}
