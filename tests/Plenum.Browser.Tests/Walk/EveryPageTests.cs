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
    private const int TabsAtOnce = 15;

    // What a page asks its script for comes after it was loaded.
    private const string AllEnhanced =
        """
        () => [...document.querySelectorAll('[data-enhance]')].flatMap(e => e.dataset.enhance.split(' '))
          .every(name => performance.getEntriesByType('resource').some(r => r.name.endsWith(`/${name}.js`)))
        """;

    // Each element that gets the focus, whether one sees so, and when the focus leaves the page.
    private const string NoteStops =
        """
        () => {
          const seen = new Set();
          const shows = x => { const s = getComputedStyle(x); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
          const isShown = e => {
            if (shows(e)) return true;
            for (let x = e.parentElement; x && x !== document.body && !x.matches('main, .site'); x = x.parentElement)
              if (x.matches(':focus-within, :has(:focus-visible)') && shows(x)) return true;
            return false;
          };
          window.stops = [];
          addEventListener('focusin', ({ target: e }) => {
            const box = e.getBoundingClientRect();
            stops.push({ name: e.outerHTML.slice(0, 120), isShown: isShown(e), isSkip: e.matches('.skip'), isFrame: !!e.closest('.top, #services'), isSeen: box.width > 0 && box.height > 0, isOut: seen.has(e) });
            seen.add(e);
          });
          addEventListener('focusout', e => { if (!e.relatedTarget) stops.push({ name: '', isShown: true, isSkip: false, isFrame: false, isSeen: true, isOut: true }); });
        }
        """;

    // No link leads there: what is not there, and links of mails and the console that are spent.
    private static readonly string[] Unlinked =
        ["/nowhere", "/people/nobody", "/confirm/spent", "/recover/spent", "/setup/spent", "/boards/confirm/spent", "/boards/unsubscribe/spent", "/boards/nowhere", "/admin/audit"];

    public static TheoryData<string, int, string, bool, Which> Views()
    {
        var views = new TheoryData<string, int, string, bool, Which>();
        foreach (var persona in Walks.Personas)
        {
            views.Add(persona, 320, "de", false, Which.First);
            views.Add(persona, 1440, "en", true, Which.Second);
        }

        views.Add("emil", 360, "en", true, Which.First);
        views.Add("emil", 768, "de", false, Which.Second);
        return views;
    }

    [Theory, MemberData(nameof(Views))]
    public async Task Every_page_is_accessible_fits_its_screen_and_keeps_its_budget(string persona, int width, string language, bool isDark, Which which)
    {
        var (server, pages) = await PagesAsync(persona, which);
        var view = new View(width, language, isDark);
        await using var context = await houses.OpenAsync(view, server, persona == "guest" ? null : persona);
        await Axe.BringAsync(context);
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
        var (server, pages) = await PagesAsync(persona, Which.First);
        await using var context = await houses.OpenAsync(new(width), server, persona == "guest" ? null : persona);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        foreach (var path in pages)
        {
            // The frame is the same on all: from the second page on the tour begins where the link to the content leads.
            await page.GotoAsync(server.Address + path);
            wrong.AddRange((await TourAsync(page, isWhole: path == pages[0])).Select(complaint => $"{path}: {complaint}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)) + $"\n{wrong.Count} in all");
    }

    [Fact]
    public async Task On_paper_a_page_is_text_without_the_house_around_it()
    {
        var (server, pages) = await PagesAsync("emil", Which.First);
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

    // One of each route, with a query and without: how it looks does not depend on which unit it shows. The views differ in the one they take, and in the language.
    private async Task<(DemoServer Server, IReadOnlyList<string> Paths)> PagesAsync(string persona, Which which)
    {
        var steps = await Walks.OfAsync(houses, DatabaseProvider.SQLite, persona);
        var paths = steps.Where(s => s.Route is not null && s.Html.Length > 0 && s.Answer.IsSuccessStatusCode && !s.Path.Contains("lang=", StringComparison.Ordinal))
            .GroupBy(s => (s.Route!.Template, s.Path.Contains('?', StringComparison.Ordinal)))
            .Select(g => which == Which.First ? g.First() : g.Skip(1).FirstOrDefault() ?? g.First()).Select(s => s.Path).ToList();
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

    private static async Task<IReadOnlyList<string>> TourAsync(IPage page, bool isWhole)
    {
        if (!isWhole)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
        }

        await page.EvaluateAsync(NoteStops);
        var stops = new List<Stop>();
        while (stops.Count < MaxTabs && !stops.Exists(s => s.IsOut))
        {
            for (var tabs = 0; tabs < TabsAtOnce; tabs++)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            stops = [.. await page.EvaluateAsync<Stop[]>("stops")];
        }

        var tour = stops.TakeWhile(s => !s.IsOut).ToList();
        var wrong = tour.Where(s => !s.IsShown || !s.IsSeen).Select(s => $"no focus to be seen at {s.Name}").ToList();
        if (isWhole ? tour is not [{ IsSkip: true }, ..] : tour.Exists(s => s.IsSkip || s.IsFrame))
        {
            wrong.Add($"the first stop is {tour.FirstOrDefault()?.Name}, not {(isWhole ? "the link to the content" : "in the content")}");
        }

        if (tour.Count == stops.Count)
        {
            wrong.Add($"more than {MaxTabs} stops");
        }

        return wrong;
    }

    private static string Picture(string name)
        => Path.Combine(SharedData.RepositoryRoot, "artifacts", "pictures", "pages", string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' ? c : '_')) + ".png");

    /// <summary>Of the pages of a kind.</summary>
    public enum Which
    {
        First,
        Second,
    }

    private sealed class Stop
    {
        public string Name { get; set; } = "";

        public bool IsShown { get; set; }

        public bool IsSkip { get; set; }

        /// <summary>In what stands before the content on every page.</summary>
        public bool IsFrame { get; set; }

        public bool IsSeen { get; set; }

        /// <summary>Out of the page again, or round once.</summary>
        public bool IsOut { get; set; }
    }
}
