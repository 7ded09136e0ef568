using System.Net;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Walk;

public sealed class SecureTransportTests(Houses houses)
{
    [Fact]
    public async Task Over_tls_browsers_are_told_to_stay_and_every_cookie_is_secure()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler) { BaseAddress = new(server.SecureAddress) };
        foreach (var path in (string[])["/", "/sign-in", "/units/bayern", "/nowhere", "/search/suggest?q=mu"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
            var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [];
            Assert.All(cookies, c => Assert.Matches("(?i)secure.*samesite=(lax|strict).*httponly|samesite=(lax|strict).*secure", c));
        }
    }

    [Fact]
    public async Task The_cookie_of_the_session_is_for_the_server_alone()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk, server, "dilek");
        var cookie = Assert.Single(await context.CookiesAsync(), c => c.Name == "plenum-session");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(Microsoft.Playwright.SameSiteAttribute.Lax, cookie.SameSite);
        Assert.All(await context.CookiesAsync(), c => Assert.True(c.HttpOnly, c.Name));
    }

    [Fact]
    public async Task Without_tls_there_is_no_such_promise()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(server.Address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }
}
