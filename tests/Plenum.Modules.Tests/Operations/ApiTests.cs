using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

/// <summary>The REST interface of the real executable with the demo party, asked as a program asks it.</summary>
public sealed class ApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Programs_read_and_change_what_their_token_allows(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var guest = Client(plenum, null);
        using var operatorClient = Client(plenum, await TokenAsync(database, "ada", "--write", "--permission", "units.edit", "--permission", "accounts.view", "--permission", "accounts.edit"));
        using var reader = Client(plenum, await TokenAsync(database, "ada", "--permission", "units.edit"));
        using var saarland = Client(plenum, await TokenAsync(database, "ada", "--write", "--permission", "units.edit", "--unit", "saarland"));

        var root = await FirstAsync(guest, "units?limit=1");
        var bavaria = await FirstAsync(guest, "units?q=Bayern&kind=State");
        var saar = await FirstAsync(guest, "units?q=Saarland&kind=State");

        // Who may not, hears why.
        await ProblemAsync(await guest.GetAsync("accounts", Cancellation), HttpStatusCode.Unauthorized, null);
        await ProblemAsync(await guest.PostAsJsonAsync("units", New("AG Neu", root), Cancellation), HttpStatusCode.Unauthorized, null);
        await ProblemAsync(await reader.PostAsJsonAsync("units", New("AG Neu", root), Cancellation), HttpStatusCode.Forbidden, null);
        var denied = await ProblemAsync(await reader.GetAsync("accounts", Cancellation), HttpStatusCode.Forbidden, null);
        Assert.Equal("accounts.view", denied.GetProperty("permission").GetString());
        await ProblemAsync(await saarland.PostAsJsonAsync("units", New("AG Neu", bavaria), Cancellation), HttpStatusCode.Forbidden, null);
        using (var stranger = Client(plenum, "plenum_pat_nonsense"))
        {
            await ProblemAsync(await stranger.GetAsync("units", Cancellation), HttpStatusCode.Unauthorized, null);
        }

        // Who may, does.
        var created = await saarland.PostAsJsonAsync("units", New("AG Saar", saar), Cancellation);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var unit = await JsonAsync(await guest.GetAsync(created.Headers.Location, Cancellation));
        Assert.Equal(("saarland/ag-saar", "WorkingGroup"), (unit.GetProperty("path").GetString(), unit.GetProperty("kind").GetString()));
        var moved = await operatorClient.PatchAsJsonAsync($"units/{unit.GetProperty("id")}", new { name = "AG Wandern", parent = bavaria }, Cancellation);
        Assert.Equal("bayern/ag-saar", (await JsonAsync(moved)).GetProperty("path").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await operatorClient.PostAsync($"units/{unit.GetProperty("id")}/close", null, Cancellation)).StatusCode);

        // A broken rule is a sentence in the reader's language.
        operatorClient.DefaultRequestHeaders.AcceptLanguage.Add(new("en"));
        var broken = await ProblemAsync(await operatorClient.PostAsJsonAsync("units", New("Bayern", root), Cancellation), HttpStatusCode.UnprocessableEntity, "units.slug-taken");
        Assert.Contains("taken", broken.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // Bad input is the caller's fault, and said so.
        await ProblemAsync(await operatorClient.PostAsync("units", new StringContent("{\"name\": ", null, "application/json"), Cancellation), HttpStatusCode.BadRequest, null);
        await ProblemAsync(await operatorClient.PostAsync("units", new StringContent("hello", null, "text/plain"), Cancellation), HttpStatusCode.UnsupportedMediaType, null);
        await ProblemAsync(await operatorClient.PostAsync("units", new StringContent("{\"name\":\"" + new string('x', 2_000_000) + "\"}", null, "application/json"), Cancellation), HttpStatusCode.RequestEntityTooLarge, null);
        await ProblemAsync(await operatorClient.GetAsync("units?after=nonsense!", Cancellation), HttpStatusCode.BadRequest, null);
        await ProblemAsync(await operatorClient.GetAsync("units?limit=many", Cancellation), HttpStatusCode.BadRequest, null);
        await ProblemAsync(await operatorClient.GetAsync("unknown", Cancellation), HttpStatusCode.NotFound, null);
        await ProblemAsync(await operatorClient.DeleteAsync("units", Cancellation), HttpStatusCode.MethodNotAllowed, null);

        await BoardsAsync(plenum, guest, await TokenAsync(database, "emil", "--write"));
        await IdempotentAsync(operatorClient, root);
        await PagesAsync(operatorClient);
        await LimitsAsync(operatorClient);
        await DescribedAsync(guest);
    }

    [Fact]
    public async Task The_cookie_of_a_browser_opens_no_interface_for_programs()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var browser = new Browsing(plenum.Web);
        await browser.SignInAsync("ada", "plenum-demo");
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync(new Uri("account", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync(new Uri("api/v1/me", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_go_on()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Api:AnonymousRequestsPerMinute=3");
        using var guest = Client(plenum, null);
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await guest.GetAsync("units?limit=1", Cancellation)); // The minute may turn once among them.
        }

        var refused = answers.FindAll(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotEmpty(refused);
        Assert.All(refused, a => Assert.InRange(a.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.Equal("application/problem+json", refused[0].Content.Headers.ContentType!.MediaType);
    }

    private static async Task BoardsAsync(PlenumProcess plenum, HttpClient guest, string token)
    {
        using var emil = Client(plenum, token);
        var open = Items(await JsonAsync(await guest.GetAsync("boards", Cancellation))).Select(b => b.GetProperty("slug").GetString()).ToList();
        var readable = Items(await JsonAsync(await emil.GetAsync("boards", Cancellation))).Select(b => b.GetProperty("slug").GetString()).ToList();
        Assert.Contains("techtalk", open);
        Assert.Contains("bayern", readable);
        Assert.DoesNotContain("bayern", open);
        await ProblemAsync(await guest.GetAsync("boards/bayern", Cancellation), HttpStatusCode.NotFound, null);
        await ProblemAsync(await guest.PostAsJsonAsync("boards/techtalk/threads", new { subject = "Hallo", text = "Welt" }, Cancellation), HttpStatusCode.Unauthorized, null);
        await ProblemAsync(await emil.PostAsJsonAsync("boards/ankuendigungen/threads", new { subject = "Hallo", text = "Welt" }, Cancellation), HttpStatusCode.Forbidden, null);
        Assert.Equal(HttpStatusCode.Created, (await emil.PostAsJsonAsync("boards/techtalk/threads", new { subject = "Von einem Programm", text = "Hallo **Welt**" }, Cancellation)).StatusCode);

        var (subjects, next) = (new List<string>(), "boards/techtalk/threads?limit=3");
        while (next is not null)
        {
            var page = await JsonAsync(await guest.GetAsync(next, Cancellation));
            subjects.AddRange(Items(page).Select(t => t.GetProperty("subject").GetString()!));
            next = page.GetProperty("next").GetString() is { } cursor ? $"boards/techtalk/threads?limit=3&after={cursor}" : null;
        }

        Assert.Equal("Von einem Programm", subjects[0]);
        Assert.Equal(subjects.Count, subjects.Distinct().Count());
        var thread = Items(await JsonAsync(await guest.GetAsync("boards/techtalk/threads?limit=1", Cancellation))).First().GetProperty("slug").GetString();
        Assert.Equal(HttpStatusCode.Created, (await emil.PostAsJsonAsync($"boards/techtalk/threads/{thread}/posts", new { text = "Und noch etwas." }, Cancellation)).StatusCode);
        var posts = Items(await JsonAsync(await guest.GetAsync($"boards/techtalk/threads/{thread}/posts", Cancellation))).ToList();
        Assert.Equal(["Hallo **Welt**", "Und noch etwas."], posts.Select(p => p.GetProperty("text").GetString()));
        Assert.Equal(posts[0].GetProperty("name").GetString(), posts[1].GetProperty("answers").GetString());
    }

    private static async Task IdempotentAsync(HttpClient client, Guid root)
    {
        var (first, second) = (await SendAsync(client, "key-1", "AG Doppelt", root), await SendAsync(client, "key-1", "AG Doppelt", root));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancellation), await second.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((first.Headers.Location, "true"), (second.Headers.Location, second.Headers.GetValues("Idempotency-Replayed").Single()));
        await ProblemAsync(await SendAsync(client, "key-1", "AG Anders", root), HttpStatusCode.UnprocessableEntity, "api.idempotency-key-reused");
        await ProblemAsync(await SendAsync(client, "key-2", "AG Doppelt", root), HttpStatusCode.UnprocessableEntity, "units.slug-taken");

        var racers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(client, "key-3", "AG Wettlauf", root)));
        Assert.All(racers, r => Assert.Contains(r.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity }));
        Assert.Single(Items(await JsonAsync(await client.GetAsync("units?q=AG Wettlauf", Cancellation))));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(client, "key-3", "AG Wettlauf", root)).StatusCode);
    }

    private static async Task PagesAsync(HttpClient client)
    {
        var (logins, next) = (new List<string>(), "accounts?limit=40");
        while (next is not null)
        {
            var answer = await client.GetAsync(next, Cancellation);
            var page = await JsonAsync(answer);
            logins.AddRange(Items(page).Select(a => a.GetProperty("login").GetString()!));
            var cursor = page.GetProperty("next").GetString();
            Assert.Equal(cursor is not null, answer.Headers.Contains("Link"));
            next = cursor is null ? null : $"accounts?limit=40&after={cursor}";
        }

        Assert.Equal(208, logins.Distinct().Count());
        Assert.Equal(logins.Count, logins.Distinct().Count());
    }

    private static async Task LimitsAsync(HttpClient client)
    {
        var answer = await client.GetAsync("me", Cancellation);
        Assert.Equal("\"default\";q=600;w=60", answer.Headers.GetValues("RateLimit-Policy").Single());
        Assert.StartsWith("\"default\";r=", answer.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
        Assert.Equal("ada", (await JsonAsync(answer)).GetProperty("login").GetString());
    }

    private static async Task DescribedAsync(HttpClient guest)
    {
        var document = await JsonAsync(await guest.GetAsync("openapi.json", Cancellation));
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/units/{id}", paths);
        Assert.Contains("/api/v1/accounts", paths);
        Assert.DoesNotContain(paths, p => !p.StartsWith("/api/v1/", StringComparison.Ordinal));
    }

    private static object New(string name, Guid parent) => new { kind = "WorkingGroup", name, parent };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string key, string name, Guid parent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "units") { Content = JsonContent.Create(New(name, parent)) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string? rule)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.True(rule is null || problem.GetProperty("rule").GetString() == rule, text);
        return problem;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();

    private static async Task<Guid> FirstAsync(HttpClient client, string list) => Items(await JsonAsync(await client.GetAsync(list, Cancellation))).First().GetProperty("id").GetGuid();

    private static async Task<string> TokenAsync(ScratchDatabase database, string login, params string[] arguments)
    {
        var (code, output, errors) = await PlenumProcess.RunAsync(["account", "token", login, "--data", database.Folder, .. PlenumProcess.SettingsOf(database), .. arguments]);
        Assert.True(code == 0, errors + output);
        return output.Trim();
    }

    private static HttpClient Client(PlenumProcess plenum, string? token)
    {
        var client = new HttpClient { BaseAddress = new(plenum.Web, "api/v1/") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
