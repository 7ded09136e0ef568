using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.SignOn;

/// <summary>An account from its registration to a forgotten password, and where it is open. The mails are those in the house's queue.</summary>
public sealed partial class AccountTests(Houses houses)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task Someone_registers_confirms_forgets_the_password_and_sets_a_new_one(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var context = await houses.OpenAsync(new(360));
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/register");
        await page.GetByRole(AriaRole.Button, new() { Name = "Konto anlegen" }).ClickAsync();
        await Assertions.Expect(page.Locator("#errors li")).ToHaveCountAsync(4);
        await Axe.PassAsync(page);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Jonas Jäger");
        await page.GetByLabel("Anmeldename").FillAsync("jonas.jaeger");
        await page.GetByLabel("E-Mail-Adresse").FillAsync("jonas@example.net");
        await page.GetByLabel("Passwort", new() { Exact = true }).FillAsync("passwort123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Konto anlegen" }).ClickAsync();
        await Assertions.Expect(page.Locator("#errors")).ToContainTextAsync("zuerst ausprobiert");
        await page.GetByLabel("Passwort", new() { Exact = true }).FillAsync("neun gelbe Kraniche");
        await page.GetByRole(AriaRole.Button, new() { Name = "Konto anlegen" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Fast fertig");

        await page.GotoAsync(server.Address + await LinkAsync(server, "jonas@example.net", "/confirm/"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Adresse bestätigen" }).ClickAsync();
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("Willkommen, Jonas Jäger");

        await context.ClearCookiesAsync();
        await page.GotoAsync(server.Address + "/recover");
        await page.GetByLabel("Anmeldename oder E-Mail-Adresse").FillAsync("jonas@example.net");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link senden" }).ClickAsync();
        await page.GotoAsync(server.Address + await LinkAsync(server, "jonas@example.net", "/recover/"));
        await page.GetByLabel("Neues Passwort").FillAsync("zehn graue Reiher");
        await page.GetByRole(AriaRole.Button, new() { Name = "Passwort setzen" }).ClickAsync();
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("Das neue Passwort gilt");
        await Houses.SignInAsync(page, server, "jonas.jaeger", "zehn graue Reiher");
        await page.GotoAsync(server.Address + "/me");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Guten Tag, Jonas Jäger" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task Signing_out_everywhere_else_closes_the_other_browser_and_the_list_says_so(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var here = await houses.OpenAsync(View.Desk, server, "bernd");
        await using var there = await houses.OpenAsync(View.Desk, server, "bernd");
        var page = await here.NewPageAsync();
        await page.GotoAsync(server.Address + "/account/security");
        await Assertions.Expect(page.Locator("section[aria-labelledby=sessions] li")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Überall sonst abmelden" }).ClickAsync();
        await Assertions.Expect(page.Locator("section[aria-labelledby=sessions] li")).ToHaveCountAsync(1);

        var other = await there.NewPageAsync();
        await other.GotoAsync(server.Address + "/me");
        Assert.Contains("/sign-in?back=%2Fme", other.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task An_app_password_is_shown_once_and_can_be_revoked(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var context = await houses.OpenAsync(View.Desk, server, "fatma");
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/account/security");
        await page.GetByLabel("Gerät", new() { Exact = true }).FillAsync("Thunderbird 🐦 " + new string('x', 60));
        await page.GetByRole(AriaRole.Button, new() { Name = "App-Passwort erzeugen" }).ClickAsync();
        var password = await page.Locator(".secret").TextContentAsync();
        Assert.Matches(AppPassword(), password!);
        await Axe.PassAsync(page);
        await page.GotoAsync(server.Address + "/account/security");
        Assert.DoesNotContain(password!, await page.ContentAsync(), StringComparison.Ordinal);
        var row = page.Locator("section[aria-labelledby=app-passwords] .list-row", new() { HasText = "Thunderbird" });
        await Assertions.Expect(row).ToContainTextAsync("Mail lesen (IMAP)");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whoever_signs_in_from_a_page_comes_back_to_it_and_never_to_another_house()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/units/bayern");
        await page.GetByRole(AriaRole.Link, new() { Name = "Anmelden" }).ClickAsync();
        await FillAsync(page);
        await Assertions.Expect(page).ToHaveURLAsync(server.Address + "/units/bayern");
        foreach (var back in (string[])["//example.org", "https://example.org", "/\\example.org", "javascript:alert(1)"])
        {
            await page.GotoAsync(server.Address + "/sign-in?back=" + Uri.EscapeDataString(back));
            await FillAsync(page);
            await Assertions.Expect(page).ToHaveURLAsync(server.Address + "/");
        }
    }

    private static async Task FillAsync(IPage page)
    {
        await page.GetByLabel("Anmeldename oder E-Mail-Adresse").FillAsync("chandra");
        await page.GetByLabel("Passwort", new() { Exact = true }).FillAsync("plenum-demo");
        await page.Locator("main form .button.main").First.ClickAsync();
    }

    private static async Task<string> LinkAsync(DemoServer server, string to, string path)
    {
        var text = (await server.MailToAsync(to, path, Cancellation)).TextBody!;
        return path + Secret().Match(text, text.IndexOf(path, StringComparison.Ordinal) + path.Length).Value;
    }

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex Secret();

    [GeneratedRegex("^([a-z2-9]{5}-){4}[a-z2-9]{5}$")]
    private static partial Regex AppPassword();
}
