using Microsoft.Playwright;
using OtpNet;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.SignOn;

public sealed class SecondFactorTests(Houses houses)
{
    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task An_app_is_set_up_asked_for_and_replaced_by_a_recovery_code_when_the_phone_is_gone(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var context = await houses.OpenAsync(View.Desk, server, "hanna");
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/account/second-factor");
        var secret = (await page.Locator("main code").First.TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR-Code" })).ToBeVisibleAsync();
        await page.GetByLabel("Code aus der App").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Einschalten" }).ClickAsync();
        await Assertions.Expect(page.Locator("#errors")).ToContainTextAsync("Der Code stimmt nicht");
        Assert.Equal(secret, (await page.Locator("main code").First.TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal)); // The app has it already.

        await page.GetByLabel("Code aus der App").FillAsync(new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp());
        await page.GetByRole(AriaRole.Button, new() { Name = "Einschalten" }).ClickAsync();
        await Assertions.Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        var code = (await page.Locator(".codes code").First.TextContentAsync())!;
        await Axe.PassAsync(page);

        await using var another = await houses.OpenAsync(View.Desk);
        var fresh = await another.NewPageAsync();
        await EnterPasswordAsync(fresh, server);
        await fresh.GetByLabel("Code").FillAsync("123456");
        await fresh.GetByRole(AriaRole.Button, new() { Name = "Anmelden" }).ClickAsync();
        await Assertions.Expect(fresh.Locator("#errors")).ToContainTextAsync("Der Code stimmt nicht");
        await fresh.GetByLabel("Code").FillAsync(code);
        await fresh.GetByRole(AriaRole.Button, new() { Name = "Anmelden" }).ClickAsync();
        await fresh.GotoAsync(server.Address + "/account/security");
        await Assertions.Expect(fresh.Locator("section[aria-labelledby=totp]")).ToContainTextAsync("9 Wiederherstellungscodes");
        await fresh.GetByRole(AriaRole.Button, new() { Name = "Zweiten Faktor abschalten" }).ClickAsync();
        await Assertions.Expect(fresh.Locator(".flash")).ToContainTextAsync("abgeschaltet");
    }

    private static async Task EnterPasswordAsync(IPage page, DemoServer server)
    {
        await page.GotoAsync(server.Address + "/sign-in");
        await page.GetByLabel("Anmeldename oder E-Mail-Adresse").FillAsync("hanna");
        await page.GetByLabel("Passwort", new() { Exact = true }).FillAsync("plenum-demo");
        await page.Locator("main form .button.main").First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Code")).ToBeVisibleAsync();
    }
}
