using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.Discussions;

/// <summary>A member's whole visit in a browser that runs no scripts, on a phone.</summary>
public sealed class WithoutScriptsTests(Houses houses)
{
    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task A_member_signs_in_reads_writes_answers_searches_and_signs_out(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var context = await houses.OpenAsync(new(360, HasScripts: false));
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/boards/techtalk");
        await page.GetByRole(AriaRole.Link, new() { Name = "Anmelden, um mitzureden" }).ClickAsync();
        await page.GetByLabel("Anmeldename oder E-Mail-Adresse").FillAsync("emil");
        await page.GetByLabel("Passwort", new() { Exact = true }).FillAsync("plenum-demo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anmelden", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Neues Thema" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-with-script]").First).ToBeHiddenAsync(); // What needs scripts does not show.
        await page.GetByLabel("Betreff").FillAsync("Lastenräder für den Infostand");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beitrag senden" }).ClickAsync();
        await Assertions.Expect(page.Locator("#errors")).ToContainTextAsync("Bitte ausfüllen");
        await Assertions.Expect(page.GetByLabel("Betreff")).ToHaveValueAsync("Lastenräder für den Infostand");
        await page.GetByLabel("Beitrag", new() { Exact = true }).FillAsync("Wer kann am **Samstag** eines leihen?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Beitrag senden" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lastenräder für den Infostand" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("article strong")).ToHaveTextAsync("Samstag");

        await page.GetByRole(AriaRole.Article, new() { Name = "Beitrag von Emil Ebner" }).GetByRole(AriaRole.Link, new() { Name = "Antworten" }).ClickAsync();
        await page.GetByLabel("Antwort", new() { Exact = true }).FillAsync("Ich selbst: zwei, mit Plane.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Antwort senden" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Article).Last).ToContainTextAsync("zwei, mit Plane");

        await SearchAsync(page, "Lastenräder");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Lastenräder für den Infostand" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lastenräder für den Infostand" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Konto von Emil Ebner" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Abmelden" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Anmelden" })).ToBeVisibleAsync();
        await page.GotoAsync(server.Address + "/me");
        Assert.Contains("/sign-in?back=%2Fme", page.Url, StringComparison.Ordinal);
    }

    // What was just written is in the index once its event was handled.
    private static async Task SearchAsync(IPage page, string words)
    {
        await page.Locator(".top").GetByRole(AriaRole.Link, new() { Name = "Suchen" }).ClickAsync();
        await Patience.UntilAsync(
            async () =>
            {
                await page.Locator("main").GetByRole(AriaRole.Searchbox).FillAsync(words);
                await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Suchen" }).ClickAsync();
                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Suche nach „{words}“" })).ToBeVisibleAsync();
                return !await page.GetByText("Nichts gefunden").IsVisibleAsync();
            },
            TestContext.Current.CancellationToken);
    }
}
