using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.Walk;

/// <summary>Every text field of every form, and every address with a variable part, filled with what people paste and attackers try.</summary>
public sealed class NastyTextTests(Houses houses)
{
    private const int PerField = 3; // Besides those that every field gets.
    private const string Mark = "x-nasty"; // An element that only our own strings could bring into a page.
    private static readonly HtmlParser Parser = new();

    // What breaks databases and normal forms.
    private static readonly byte[][] Worst = [[0], "a\0b"u8.ToArray(), "\uFFFE"u8.ToArray(), [0xED, 0xA0, 0x80], [0xFF, 0xFE]];

    private static readonly byte[][] Nasty =
    [
        .. ((string[])[
            "\u0001\u0008\u001B[31m", "\r\n\r\n", "Betreff\r\nBcc: alle@example.net", "\uFEFF", "\uFFFF", "\u202Ekehrt", "\u200B", " ", "\u00A0", "\t",
            $"<{Mark}>", $"\"><{Mark}>", $"'><{Mark} onload=x>", $"</textarea></title><{Mark}>", $"<svg/onload=x><{Mark}>", $"[x](javascript:alert(1)) <{Mark}>", $"![x](\"><{Mark}>)",
            "javascript:alert(1)", "' OR 1=1;--", "%_\\", "{0} {name} %s %n", "${jndi:ldap://x}", "../../../../etc/passwd", "=1+1", "CON", "null", "NaN", "-0", "1e999", "99999999999999999999",
            "Z\u0350\u0363a\u0361l\u0356g\u035Fo\u034D", "🏳️‍🌈👩‍👩‍👧‍👦", "ﷺ", "ıİßſ", "مرحبا עולם", "a@b", "@", "a@b@c.d", "ä@ö.ü", "https://[::1", "http://x/\0", new string('x', 20_000), new string('\u0301', 2_000),
            string.Concat(Enumerable.Repeat("> ", 2_000)), string.Concat(Enumerable.Repeat("[", 5_000)), string.Concat(Enumerable.Repeat("* a\n ", 1_000)),
        ]).Select(Encoding.UTF8.GetBytes),
        [0xC0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task It_is_kept_or_refused_in_words_and_never_an_error_or_code(DatabaseProvider provider)
    {
        await using var server = await DemoServer.StartAsync(provider); // Its own: nobody else shall meet what is kept here.
        var strings = new Queue<byte[]>([.. Nasty, .. Shared()]);
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var persona in Walks.Personas)
        {
            using var client = await Walker.ClientAsync(server, LoginOf(persona), Cancellation);
            foreach (var (path, handler) in FormsOf(await WalkAsync(server, persona)))
            {
                var form = await FormAsync(client, path, handler);
                foreach (var field in TextFieldsOf(form))
                {
                    foreach (var text in (byte[][])[.. Worst, .. strings.Take(PerField)])
                    {
                        tried++;
                        if (await ComplaintAsync(client, path, form!, field, text) is { } complaint)
                        {
                            wrong.Add($"{persona}: {field} of {handler} on {path}, {Describe(text)}: {complaint}");
                        }
                    }

                    Enumerable.Range(0, PerField).ToList().ForEach(_ => strings.Enqueue(strings.Dequeue()));
                }
            }
        }

        Assert.InRange(tried, 200, int.MaxValue);
        foreach (var persona in Walks.Personas)
        {
            var steps = await WalkAsync(server, persona);
            wrong.AddRange(steps.Where(s => (int)s.Answer.StatusCode >= 400).Select(s => $"afterwards {persona}: {s.Path} is {(int)s.Answer.StatusCode} (linked from {s.From})"));
            wrong.AddRange(steps.Where(s => IsCode(s.Html)).Select(s => $"afterwards {persona}: {s.Path} shows text as code"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)) + $"\n{wrong.Count} in all");
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task In_an_address_it_leads_nowhere_and_is_no_error(DatabaseProvider provider)
    {
        var server = await houses.OnAsync(provider);
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var persona in Walks.Personas)
        {
            using var client = await Walker.ClientAsync(server, LoginOf(persona), Cancellation);
            var known = (await Walks.OfAsync(houses, provider, persona)).Where(s => s.Route is not null).ToList();
            foreach (var address in known.SelectMany(s => Spoilt(s)).DistinctBy(s => s.Kind).Select(s => s.Address))
            {
                tried++;
                using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
                if (await ComplaintAsync(answer) is { } complaint)
                {
                    wrong.Add($"{persona}: {address} {complaint}");
                }
            }
        }

        Assert.InRange(tried, 100, int.MaxValue);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)) + $"\n{wrong.Count} in all");
    }

    // Each value of the query, and each part of the path that the page takes as a value.
    private static IEnumerable<(string Kind, string Address)> Spoilt(Step step)
    {
        var (path, query) = step.Path.Split('?', 2) is [var before, var after] ? (before, after.Split('&')) : (step.Path, []);
        var segments = path.Split('/');
        var template = step.Route!.Template.Split('/');
        foreach (var text in Worst.Select(Escape))
        {
            for (var i = 0; i < query.Length; i++)
            {
                var name = query[i].Split('=')[0];
                yield return ($"{step.Route.Template}?{name} {text}", $"{path}?{string.Join('&', [.. query[..i], $"{name}={text}", .. query[(i + 1)..]])}");
            }

            for (var i = 1; i < Math.Min(segments.Length, template.Length); i++)
            {
                if (template[i].StartsWith('{'))
                {
                    yield return ($"{step.Route.Template} {i} {text}", string.Join('/', [.. segments[..i], text, .. segments[(i + 1)..]]));
                }
            }
        }
    }

    private static string Escape(byte[] text) => string.Concat(text.Select(o => string.Create(CultureInfo.InvariantCulture, $"%{o:X2}")));

    private static string? LoginOf(string persona) => persona == "guest" ? null : persona;

    private static Task<IReadOnlyList<Step>> WalkAsync(DemoServer server, string persona) => new Walker(server, LoginOf(persona)).WalkAsync(Cancellation);

    private static IEnumerable<byte[]> Shared()
        => SharedData.TryFind("nasty-strings/blns.json", out var path) ? JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(path))!.Select(Encoding.UTF8.GetBytes) : [];

    private static List<(string Path, string Handler)> FormsOf(IReadOnlyList<Step> steps)
        =>
        [
            .. steps.Where(s => s.Html.Length > 0)
                .SelectMany(s => Parser.ParseDocument(s.Html).QuerySelectorAll<IHtmlFormElement>("form").Where(f => TextFieldsOf(f).Any()).Select(f => (s.Path, s.Route, Handler: HandlerOf(f))))
                .DistinctBy(f => (f.Route?.Template, f.Handler)).Select(f => (f.Path, f.Handler)),
        ];

    private static string HandlerOf(IHtmlFormElement form)
        => form.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value ?? $"{form.GetAttribute("method")} {form.GetAttribute("action")}";

    private static IEnumerable<string> TextFieldsOf(IHtmlFormElement? form)
        => form?.Elements.Where(e => e is IHtmlTextAreaElement or IHtmlInputElement { Type: "text" or "search" or "email" or "url" or "tel" or "number" or "date" or "datetime-local" or "password" })
            .Select(e => e.GetAttribute("name")).OfType<string>() ?? [];

    private static async Task<IHtmlFormElement?> FormAsync(HttpClient client, string path, string handler)
        => Parser.ParseDocument(await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation)).QuerySelectorAll<IHtmlFormElement>("form").FirstOrDefault(f => HandlerOf(f) == handler);

    private static async Task<string?> ComplaintAsync(HttpClient client, string path, IHtmlFormElement form, string field, byte[] text)
    {
        var action = form.GetAttribute("action") is { Length: > 0 } given ? given : path;
        var body = string.Join('&', ValuesOf(form, field).Append((field, text)).Select(f => Uri.EscapeDataString(f.Item1) + "=" + Escape(f.Item2)));
        using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        var isPost = string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase);
        using var answer = isPost
            ? await client.PostAsync(new Uri(action, UriKind.Relative), content, Cancellation)
            : await client.GetAsync(new Uri($"{action.Split('?')[0]}?{body}", UriKind.Relative), Cancellation);
        if (answer.Headers.Location is { } moved)
        {
            using var next = await client.GetAsync(moved.IsAbsoluteUri ? moved.PathAndQuery : moved.ToString(), Cancellation);
            return await ComplaintAsync(next);
        }

        return await ComplaintAsync(answer);
    }

    private static async Task<string?> ComplaintAsync(HttpResponseMessage answer)
        => answer.StatusCode >= HttpStatusCode.InternalServerError ? $"is {(int)answer.StatusCode}" : IsCode(await answer.Content.ReadAsStringAsync(Cancellation)) ? "is shown as code" : null;

    private static bool IsCode(string html)
        => html.Contains(Mark, StringComparison.Ordinal) && Parser.ParseDocument(html).QuerySelector(Mark) is not null
            || html.Contains("javascript:", StringComparison.OrdinalIgnoreCase) && Parser.ParseDocument(html).QuerySelector("[href^='javascript:' i], [src^='javascript:' i]") is not null;

    // As a person leaves them, with something plausible where something must stand.
    private static IEnumerable<(string, byte[])> ValuesOf(IHtmlFormElement form, string except)
    {
        foreach (var element in form.Elements.Where(e => e.GetAttribute("name") is { Length: > 0 } name && name != except))
        {
            var value = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "file" } or IHtmlButtonElement => null,
                IHtmlInputElement { Type: "email", Value: "" } => "jemand@example.org",
                IHtmlInputElement { Type: "number", Value: "" } => "1",
                IHtmlInputElement { Type: "date", Value: "" } => "2027-01-31",
                IHtmlInputElement { Type: "text", Value: "" } => "Beispiel",
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement { Value: "" } => "Ein Satz.",
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null)
            {
                yield return (element.GetAttribute("name")!, Encoding.UTF8.GetBytes(value));
            }
        }
    }

    private static string Describe(byte[] text) => JsonSerializer.Serialize(Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)]));
}
