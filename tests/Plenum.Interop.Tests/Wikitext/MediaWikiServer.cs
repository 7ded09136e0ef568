using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>Debian's MediaWiki 1.39 on a loopback port, in a folder of its own that goes with it.</summary>
internal sealed class MediaWikiServer : IAsyncDisposable
{
    /// <summary>Requests it answers at once; the script starts as many.</summary>
    public const int Workers = 2;

    private static readonly string s_script = Path.Combine(SharedData.RepositoryRoot, "bench", "peers", "wikitext", "mediawiki");

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private MediaWikiServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Address = $"http://127.0.0.1:{port}";
        _http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Address { get; }

    /// <summary>Starts a fresh wiki; null if its packages can be neither found nor fetched.</summary>
    public static async Task<MediaWikiServer?> StartAsync(CancellationToken cancellation)
    {
        using (var fetch = Process.Start(new ProcessStartInfo("/bin/sh", [s_script, "fetch"]) { RedirectStandardError = true })!)
        {
            await fetch.StandardError.ReadToEndAsync(cancellation);
            await fetch.WaitForExitAsync(cancellation);
            if (fetch.ExitCode != 0)
            {
                return null;
            }
        }

        var folder = Directory.CreateTempSubdirectory("plenum-mediawiki-").FullName;
        var port = FreePorts.Next();
        var process = Process.Start(new ProcessStartInfo("/bin/sh", [s_script, "serve", $"{port}", folder]))!;
        var server = new MediaWikiServer(process, folder, port);
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (!await server.IsReadyAsync(cancellation))
        {
            if (process.HasExited || DateTime.UtcNow > deadline)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException("MediaWiki did not start.");
            }
        }

        return server;
    }

    /// <summary>Creates or replaces a page.</summary>
    public Task SaveAsync(string title, string text, CancellationToken cancellation)
        => PostAsync(new() { ["action"] = "edit", ["title"] = title, ["text"] = text, ["token"] = "+\\" }, "en", cancellation);

    /// <summary>Stores a file.</summary>
    public async Task UploadAsync(string name, byte[] content, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("upload"), "action" }, { new StringContent(name), "filename" }, { new StringContent("+\\"), "token" }, { new StringContent("1"), "ignorewarnings" },
            { new ByteArrayContent(content), "file", name },
        };
        await SendAsync(form, "en", cancellation);
    }

    /// <summary>What action=expandtemplates makes of a text.</summary>
    public async Task<string> ExpandAsync(string text, string title, string language, CancellationToken cancellation)
    {
        var answer = await PostAsync(new() { ["action"] = "expandtemplates", ["prop"] = "wikitext", ["title"] = title, ["text"] = text }, language, cancellation);
        return answer.GetProperty("expandtemplates").GetProperty("wikitext").GetString()!;
    }

    /// <summary>What would be stored if a text were saved.</summary>
    public async Task<string> PreSaveAsync(string text, string title, string language, CancellationToken cancellation)
    {
        var answer = await PostAsync(new() { ["action"] = "parse", ["onlypst"] = "1", ["contentmodel"] = "wikitext", ["title"] = title, ["text"] = text }, language, cancellation);
        return answer.GetProperty("parse").GetProperty("text").GetString()!;
    }

    /// <summary>The HTML of a text, without the wrapping element.</summary>
    public async Task<string> ParseAsync(string text, string title, string language, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>
        {
            ["action"] = "parse",
            ["prop"] = "text",
            ["contentmodel"] = "wikitext",
            ["title"] = title,
            ["text"] = text,
            ["wrapoutputclass"] = "",
            ["disablelimitreport"] = "1",
            ["disableeditsection"] = "1",
        };
        var answer = await PostAsync(form, language, cancellation);
        return answer.GetProperty("parse").GetProperty("text").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> PostAsync(Dictionary<string, string> form, string language, CancellationToken cancellation)
    {
        using var content = new FormUrlEncodedContent(form);
        return await SendAsync(content, language, cancellation);
    }

    private async Task<JsonElement> SendAsync(HttpContent content, string language, CancellationToken cancellation)
    {
        using var response = await _http.PostAsync(new Uri($"/api.php?wikilang={language}&format=json&formatversion=2", UriKind.Relative), content, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return answer.TryGetProperty("error", out var error) ? throw new InvalidOperationException($"MediaWiki refused: {error}") : answer;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/api.php?action=query&meta=siteinfo&format=json", UriKind.Relative), cancellation);
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            await Task.Yield();
            return false;
        }
    }
}
