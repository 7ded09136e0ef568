using System.Collections.Concurrent;
using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Testing;

namespace Plenum.Browser.Tests.Ui;

/// <summary>Every part of the house in every width, scheme and language: accessible, within the policy; photographed with PLENUM_PICTURES.</summary>
public sealed class PatternBookTests(PatternBook book, Houses houses) : IClassFixture<PatternBook>
{
    private static readonly string[] Groups = ["marks", "frame", "forms", "lists", "talk", "figures"];

    public static TheoryData<string, int, string, bool> Views()
    {
        var views = new TheoryData<string, int, string, bool>();
        foreach (var group in Groups)
        {
            views.Add(group, 360, "de", false);
            views.Add(group, 360, "en", true);
            views.Add(group, 768, "en", false);
            views.Add(group, 1440, "de", false);
            views.Add(group, 1440, "de", true);
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_part_is_accessible_fits_its_screen_and_keeps_the_policy(string group, int width, string language, bool isDark)
    {
        await using var context = await houses.OpenAsync(new View(width, language, isDark));
        await Axe.BringAsync(context);
        var page = await context.NewPageAsync();
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("/patterns/none", StringComparison.Ordinal) && !message.Location.Contains("/patterns/none", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(book.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Enqueue("foreign request: " + request.Url);
            }
        };
        await page.GotoAsync($"{book.Address}/patterns/{group}");
        await PhotographAsync(page, $"{group}-{width}-{language}-{(isDark ? "dark" : "light")}", isWhole: true);

        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.Empty(complaints);
        Assert.Equal(0, overflow);
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        await Axe.PassAsync(page);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/denied?as=guest", 403)]
    [InlineData("/gone", 410)]
    [InlineData("/broken", 500)]
    public async Task An_error_page_is_as_well_kept_as_the_others(string path, int status)
    {
        await using var context = await houses.OpenAsync(new View(360, "de"));
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(book.Address + path);
        await PhotographAsync(page, $"error-{status}", isWhole: true);

        Assert.Equal(status, answer!.Status);
        Assert.StartsWith("default-src 'none'", await answer.HeaderValueAsync("content-security-policy"), StringComparison.Ordinal);
        await Axe.PassAsync(page);
    }

    [Fact]
    public async Task A_page_without_enhancements_needs_five_requests_and_no_cookie()
    {
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        var requests = new ConcurrentQueue<string>();
        page.Request += (_, request) => requests.Enqueue(request.Url);
        await page.GotoAsync(book.Address + "/nowhere?as=guest");

        Assert.InRange(requests.Distinct().Count(), 3, 6); // The sixth is the search field's suggestions script.
        Assert.Empty(await context.CookiesAsync());
    }

    [Fact]
    public async Task The_theme_switch_turns_the_page_and_stays_turned()
    {
        await using var context = await houses.OpenAsync(new View(1440, "en"));
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark appearance" }).ClickAsync();
        await page.ReloadAsync();

        Assert.Equal("dark", await page.GetAttributeAsync("html", "data-theme"));
        Assert.Equal("oklch(0.2 0.012 225)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Slash_goes_to_the_search_field_and_question_mark_shows_the_keys()
    {
        await using var context = await houses.OpenAsync(new View(1440, "en"));
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("/");

        await Assertions.Expect(page.Locator("#top-search")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_phone_the_drawer_opens_and_closes_without_scripts()
    {
        await using var context = await houses.OpenAsync(new View(360, "de", HasScripts: false));
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns");
        await Assertions.Expect(page.Locator("#services")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Menü öffnen" }).ClickAsync();
        await Assertions.Expect(page.Locator("#services")).ToBeVisibleAsync();
        await PhotographAsync(page, "drawer-360");
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("#services")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_form_keeps_what_was_typed_and_says_what_is_wrong()
    {
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns/forms");
        await page.GetByLabel("Name der Gruppe").FillAsync("ab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gruppe gründen" }).ClickAsync();

        await Assertions.Expect(page.Locator("#errors")).ToBeFocusedAsync();
        Assert.Equal("ab", await page.GetByLabel("Name der Gruppe").InputValueAsync());
        Assert.Contains("mindestens 3 Zeichen", await page.Locator("#f-Name-error").TextContentAsync(), StringComparison.Ordinal);
        await PhotographAsync(page, "form-errors", isWhole: true);
        await Axe.PassAsync(page);
    }

    [Fact]
    public async Task The_editor_marks_the_selection_and_shows_a_safe_preview()
    {
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns/forms");
        var text = page.GetByLabel("Worum geht es?");
        await text.FillAsync("wichtig");
        await text.SelectTextAsync();
        await page.Keyboard.PressAsync("Control+b");
        Assert.Equal("**wichtig**", await text.InputValueAsync());
        await text.FillAsync("**wichtig** <script>alert(1)</script>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync();

        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Vorschau" });
        await Assertions.Expect(preview.Locator("strong")).ToHaveTextAsync("wichtig");
        Assert.Equal(0, await preview.Locator("script").CountAsync());
        await page.ReloadAsync();
        Assert.Contains("wichtig", await page.GetByLabel("Worum geht es?").InputValueAsync(), StringComparison.Ordinal); // The draft.
    }

    [Fact]
    public async Task Without_scripts_the_preview_is_a_page_of_its_own()
    {
        await using var context = await houses.OpenAsync(new View(1440, "de", HasScripts: false));
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns/forms");
        await page.GetByLabel("Worum geht es?").FillAsync("# Ein Anfang");
        var preview = await context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Vorschau" }).ClickAsync());

        await Assertions.Expect(preview.GetByRole(AriaRole.Heading, new() { Name = "Ein Anfang" })).ToBeVisibleAsync();
        Assert.Equal("# Ein Anfang", await page.GetByLabel("Worum geht es?").InputValueAsync());
    }

    [Fact]
    public async Task A_dialog_and_a_menu_open_at_their_buttons()
    {
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(book.Address + "/patterns/frame");
        await page.GetByRole(AriaRole.Button, new() { Name = "Weitere Aktionen" }).ClickAsync();
        await Assertions.Expect(page.Locator("#m1")).ToBeVisibleAsync();
        await PhotographAsync(page, "menu-open");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Board schließen …" }).ClickAsync();
        await Assertions.Expect(page.Locator("#d1")).ToBeVisibleAsync();
        await PhotographAsync(page, "dialog-open");
        await Axe.PassAsync(page);
    }

    // For people, who ask for it.
    private static async Task PhotographAsync(IPage page, string name, bool isWhole = false)
    {
        if (Environment.GetEnvironmentVariable("PLENUM_PICTURES") is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(SharedData.RepositoryRoot, "artifacts", "pictures", "patterns", name + ".png"), FullPage = isWhole });
        }
    }
}
