using System.Net;
using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Site;

public sealed class UnitTests(Houses houses)
{
    [Fact]
    public async Task The_tree_opens_branch_by_branch_without_scripts_and_the_filter_lives_in_the_address()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(new(360, HasScripts: false));
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/units");
        await page.Locator(".tree li", new() { HasText = "Bayern" }).Last.GetByRole(AriaRole.Link, new() { Name = "aufklappen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Garmisch-Partenkirchen" })).ToBeVisibleAsync();
        await page.GetByLabel("Name").FillAsync("muenchen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anwenden" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "München" })).ToBeVisibleAsync();
        Assert.Contains("q=muenchen", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_capitals_is_sent_to_the_one_address_and_an_unknown_one_is_not_found()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new(server.Address) };
        using var capitals = await client.GetAsync(new Uri("/units/BAYERN", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/units/bayern"), (capitals.StatusCode, capitals.Headers.Location?.ToString()));
        using var unknown = await client.GetAsync(new Uri("/units/nirgends", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("Hier ist nichts", WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_foot_of_a_unit_s_page_leads_to_the_legal_notice_that_holds_there()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/units/bayern/muenchen");
        await page.Locator("footer").GetByRole(AriaRole.Link, new() { Name = "Impressum" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(server.Address + "/imprint/bayern/muenchen");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Hier gilt der Text von: Demokratie-Partei"); // Munich has none of its own.
        await page.GotoAsync(server.Address + "/boards");
        await Assertions.Expect(page.Locator("footer").GetByRole(AriaRole.Link, new() { Name = "Datenschutz" })).ToHaveAttributeAsync("href", "/privacy");
    }

    [Fact]
    public async Task The_search_box_suggests_and_the_arrow_keys_choose()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk, server, "dilek");
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("nurnb");
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Nürnberg");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(server.Address + "/units/bayern/nuernberg");
    }

    [Fact]
    public async Task A_person_decides_who_sees_its_page()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk, server, "dilek");
        var page = await context.NewPageAsync();
        using var guest = new HttpClient { BaseAddress = new(server.Address) };
        Assert.DoesNotContain("Mathematik", await ReadAsync(guest), StringComparison.Ordinal); // Holds an office: name and office are public, the rest is for those signed in.
        await page.GotoAsync(server.Address + "/people/dilek");
        await page.GetByLabel("Alle, auch ohne Anmeldung").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sichtbarkeit speichern" }).ClickAsync();
        await Assertions.Expect(page.Locator(".flash")).ToBeVisibleAsync();
        Assert.Contains("Mathematik", await ReadAsync(guest), StringComparison.Ordinal);
        using var hidden = await guest.GetAsync(new Uri("/people/emil", UriKind.Relative), TestContext.Current.CancellationToken);
        using var nobody = await guest.GetAsync(new Uri("/people/niemand", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (hidden.StatusCode, nobody.StatusCode)); // A guest does not learn who exists.
    }

    private static async Task<string> ReadAsync(HttpClient guest)
        => WebUtility.HtmlDecode(await guest.GetStringAsync(new Uri("/people/dilek", UriKind.Relative), TestContext.Current.CancellationToken));
}
