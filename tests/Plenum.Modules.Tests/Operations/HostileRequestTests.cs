using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

/// <summary>What no browser sends, at the real web server: each gets an answer of the 4xx, and the house goes on.</summary>
public sealed partial class HostileRequestTests
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_and_heads_that_are_too_large_or_broken_are_refused_and_nothing_falls_over()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Discussions:MaxUploadBytes=1048576");
        using var emil = new Browsing(plenum.Web);
        await emil.SignInAsync("emil", "plenum-demo");
        await emil.GoAsync("/boards/techtalk/new");
        var token = Token().Match(emil.Page).Groups["value"].Value;
        foreach (var (name, send) in new (string Name, Func<Task<HttpResponseMessage>> Send)[]
        {
            ("a form of 64 MB", () => PostAsync(emil, "/sign-in", new ByteArrayContent(new byte[64 * Megabyte]), "application/x-www-form-urlencoded")),
            ("a field of 8 MB", () => PostAsync(emil, "/sign-in", new StringContent("Input.Login=" + new string('x', 8 * Megabyte)), "application/x-www-form-urlencoded")),
            ("5,000 fields", () => PostAsync(emil, "/sign-in", new StringContent(string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"f{i}=1"))), "application/x-www-form-urlencoded")),
            ("a multipart without its boundary", () => PostAsync(emil, "/boards/techtalk/uploads", new StringContent("--x\r\n"), "multipart/form-data")),
            ("a multipart that breaks off", () => PostAsync(emil, "/boards/techtalk/uploads", new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf"), "multipart/form-data; boundary=x")),
            ("an upload above the limit", () => UploadAsync(emil, token, new byte[3 * Megabyte], isChunked: false)),
            ("an upload above the limit that hides its length", () => UploadAsync(emil, token, new byte[3 * Megabyte], isChunked: true)),
            ("a body that lies about its encoding", () => PostAsync(emil, "/sign-in", Encoded(new ByteArrayContent([0x1F, 0x8B, 0xFF, 0xFF])), "application/x-www-form-urlencoded")),
            ("octets that are no UTF-8", () => PostAsync(emil, "/sign-in", new StringContent("_handler=sign-in&Input.Login=%FF%FE%ED%A0%80"), "application/x-www-form-urlencoded")),
            ("NUL in the path", () => emil.Http.GetAsync(new Uri("/units/%00", UriKind.Relative), Cancellation)),
            ("broken UTF-8 in the path", () => emil.Http.GetAsync(new Uri("/boards/%FF%FE/%C0%80", UriKind.Relative), Cancellation)),
            ("NUL in a search", () => emil.Http.GetAsync(new Uri("/search?q=%00%FF", UriKind.Relative), Cancellation)),
            ("an address of 30,000 characters", () => emil.Http.GetAsync(new Uri("/search?q=" + new string('x', 30_000), UriKind.Relative), Cancellation)),
            ("a head of 100 kB", () => WithHeaderAsync(emil, new string('x', 100_000))),
        })
        {
            using var answer = await send();
            Assert.True((int)answer.StatusCode < 500, $"{name}: {(int)answer.StatusCode}");
            if (name.Contains("limit", StringComparison.Ordinal) || name.Contains("MB", StringComparison.Ordinal))
            {
                Assert.True((int)answer.StatusCode is 400 or 413 or 422, $"{name}: {(int)answer.StatusCode}");
            }
        }

        using var whole = await UploadAsync(emil, token, new byte[100], isChunked: false);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.DoesNotContain("fail:", plenum.Output, StringComparison.Ordinal); // Nothing a stranger sends is an error of ours.
    }

    [Fact]
    public async Task Bombs_are_kept_as_octets_and_never_unpacked()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var emil = new Browsing(plenum.Web);
        await emil.SignInAsync("emil", "plenum-demo");
        await emil.GoAsync("/boards/techtalk/new");
        var token = Token().Match(emil.Page).Groups["value"].Value;
        var before = Resident(plenum);
        foreach (var (bomb, type) in new[] { (Picture(60_000, 60_000), "image/png"), (Zipped(500), "application/zip") })
        {
            using var stored = await UploadAsync(emil, token, bomb, isChunked: false);
            Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
            var href = Regex.Match(await stored.Content.ReadAsStringAsync(Cancellation), "\"href\":\"([^\"]+)\"").Groups[1].Value;
            using var served = await emil.Http.GetAsync(new Uri(href, UriKind.Relative), Cancellation);
            Assert.Equal(bomb, await served.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(type == "image/png" ? "inline" : "attachment", served.Content.Headers.ContentDisposition!.DispositionType);
            await emil.GoAsync("/boards/techtalk/new");
            await emil.SubmitAsync("new-thread", ("Input.Subject", $"Datei {type}"), ("Input.Text", $"Hier: [Datei]({href})"));
            Assert.Equal(HttpStatusCode.OK, emil.Status);
        }

        Assert.InRange(Resident(plenum) - before, long.MinValue, 200L * Megabyte); // Unpacked they would be 14 GB and 500 MB.
    }

    private static async Task<HttpResponseMessage> PostAsync(Browsing who, string address, HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using (content)
        {
            return await who.Http.PostAsync(new Uri(address, UriKind.Relative), content, Cancellation);
        }
    }

    private static async Task<HttpResponseMessage> UploadAsync(Browsing who, string token, byte[] octets, bool isChunked)
    {
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(octets), "file", "datei.bin" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/boards/techtalk/uploads", UriKind.Relative)) { Content = form };
        request.Headers.TransferEncodingChunked = isChunked;
        try
        {
            return await who.Http.SendAsync(request, Cancellation);
        }
        catch (HttpRequestException refused) when (isChunked && refused.InnerException is IOException or SocketException)
        {
            return new(HttpStatusCode.RequestEntityTooLarge); // Noticed in the middle, and hung up on: the answer was lost on the way.
        }
    }

    private static ByteArrayContent Encoded(ByteArrayContent content)
    {
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static async Task<HttpResponseMessage> WithHeaderAsync(Browsing who, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Add("X-Long", value);
        try
        {
            return await who.Http.SendAsync(request, Cancellation);
        }
        catch (HttpRequestException refused) when (refused.InnerException is IOException or SocketException)
        {
            return new(HttpStatusCode.RequestHeaderFieldsTooLarge);
        }
    }

    // A PNG's head that promises so many pixels (RFC 2083 §3.2), with nothing behind it.
    private static byte[] Picture(int width, int height)
        => [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 6, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] BigEndian(int value)
    {
        var octets = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }

    private static byte[] Zipped(int megabytes)
    {
        using var octets = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(octets, System.IO.Compression.ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("zeros", System.IO.Compression.CompressionLevel.Fastest).Open();
            for (var i = 0; i < megabytes; i++)
            {
                entry.Write(new byte[Megabyte]);
            }
        }

        return octets.ToArray();
    }

    private static long Resident(PlenumProcess plenum)
    {
        using var process = System.Diagnostics.Process.GetProcessById(plenum.Id);
        return process.WorkingSet64;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
