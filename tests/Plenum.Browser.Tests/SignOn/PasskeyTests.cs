using Microsoft.Playwright;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.SignOn;

/// <summary>Passkeys from beginning to end, with Chromium's virtual authenticator (WebAuthn Level 3 §11).</summary>
public sealed class PasskeyTests(Houses houses)
{
    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task Several_named_passkeys_sign_in_without_a_name_and_a_removed_one_does_not(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        await using var context = await houses.OpenAsync(View.Desk, server, "gero");
        var page = await context.NewPageAsync();
        var device = await context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var phone = await AddAuthenticatorAsync(device, "internal");
        await AddPasskeyAsync(page, server, "Handy");
        await device.SendAsync("WebAuthn.removeVirtualAuthenticator", new() { ["authenticatorId"] = phone });
        await AddAuthenticatorAsync(device, "usb");
        await AddPasskeyAsync(page, server, "Schlüsselbund");
        await Assertions.Expect(page.Locator("#passkeys ~ .list .title")).ToHaveTextAsync(["Handy", "Schlüsselbund"]);

        await SignOutAsync(page);
        await SignInWithPasskeyAsync(page, server);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Konto von Gero Grün" })).ToBeVisibleAsync();
        await page.GotoAsync(server.Address + "/account/security");
        await Assertions.Expect(RowOf(page, "Schlüsselbund")).ToContainTextAsync("zuletzt benutzt");
        await Assertions.Expect(RowOf(page, "Handy")).ToContainTextAsync("noch nie benutzt");
        await Assertions.Expect(page.Locator("#log ~ .table-frame, section[aria-labelledby=log]").First).ToContainTextAsync("mit Passkey");

        await RowOf(page, "Schlüsselbund").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("entfernt");
        await SignOutAsync(page);
        await SignInWithPasskeyAsync(page, server);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("kennt hier niemand");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    private static async Task<string> AddAuthenticatorAsync(ICDPSession device, string transport)
    {
        var added = await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = transport,
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return added!.Value.GetProperty("authenticatorId").GetString()!;
    }

    private static async Task AddPasskeyAsync(IPage page, DemoServer server, string name)
    {
        await page.GotoAsync(server.Address + "/account/security");
        await page.GetByLabel("Name des Passkeys").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Passkey anlegen" }).ClickAsync();
        await Assertions.Expect(RowOf(page, name)).ToBeVisibleAsync();
    }

    private static async Task SignInWithPasskeyAsync(IPage page, DemoServer server)
    {
        await page.GotoAsync(server.Address + "/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mit Passkey anmelden" }).ClickAsync();
    }

    private static ILocator RowOf(IPage page, string name) => page.Locator("section[aria-labelledby=passkeys] .list-row", new() { HasText = name });

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Konto von" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Abmelden", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Anmelden" })).ToBeVisibleAsync();
    }
}
