using System.Net;
using System.Net.Http.Headers;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Walk;

/// <summary>Pages that are kept for guests: whoever asks gets theirs, in the language and the coding they asked for.</summary>
public sealed class CachedPageTests(Houses houses)
{
    private static readonly string[] Pages = ["/", "/boards/techtalk", "/units/bayern"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kept_page_has_the_language_and_the_coding_each_guest_asks_for()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        foreach (var page in Pages)
        {
            foreach (var language in (string[])["de", "en", "de", "en"])
            {
                foreach (var coding in (DecompressionMethods[])[DecompressionMethods.None, DecompressionMethods.Brotli, DecompressionMethods.GZip])
                {
                    var html = await GetAsync(server, page, language, coding);
                    Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                    Assert.EndsWith("</html>", html.TrimEnd(), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task What_guests_are_shown_has_nothing_of_who_signed_in()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        await using var context = await houses.OpenAsync(View.Desk, server, "dilek");
        var page = await context.NewPageAsync();
        foreach (var path in Pages)
        {
            await GetAsync(server, path, "de", DecompressionMethods.None);
            await page.GotoAsync(server.Address + path);
            Assert.Contains("/sign-out", await page.ContentAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("/sign-out", await GetAsync(server, path, "de", DecompressionMethods.None), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Head_is_answered_like_get_without_the_content()
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        using var client = new HttpClient();
        foreach (var page in (string[])[.. Pages, "/sign-in", "/nowhere"])
        {
            using var got = await client.GetAsync(new Uri(server.Address + page), Cancellation);
            using var ask = new HttpRequestMessage(HttpMethod.Head, server.Address + page);
            using var answer = await client.SendAsync(ask, Cancellation);
            Assert.Equal((got.StatusCode, got.Content.Headers.ContentType), (answer.StatusCode, answer.Content.Headers.ContentType));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    private static async Task<string> GetAsync(DemoServer server, string path, string language, DecompressionMethods coding)
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false };
        using var client = new HttpClient(handler);
        using var ask = new HttpRequestMessage(HttpMethod.Get, server.Address + path);
        ask.Headers.AcceptLanguage.Add(new(language));
        var name = coding switch { DecompressionMethods.Brotli => "br", DecompressionMethods.GZip => "gzip", _ => null };
        if (name is not null)
        {
            ask.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(name));
        }

        using var answer = await client.SendAsync(ask, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(name is null ? [] : [name], answer.Content.Headers.ContentEncoding);
        await using var content = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using Stream plain = coding switch
        {
            DecompressionMethods.Brotli => new System.IO.Compression.BrotliStream(content, System.IO.Compression.CompressionMode.Decompress),
            DecompressionMethods.GZip => new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionMode.Decompress),
            _ => content,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
