using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Plenum.Browser.Tests.House;

namespace Plenum.Browser.Tests.Walk;

/// <summary>A page someone reached by following links.</summary>
/// <param name="Route">Null for what is no page of a component.</param>
/// <param name="From">The page the link stood on.</param>
public sealed record Step(string Path, Route? Route, string From, HttpResponseMessage Answer, string Html);

/// <summary>Follows every link from the home page as one person, some pages of each kind. What later modules add is found by itself.</summary>
public sealed class Walker(DemoServer server, string? login)
{
    private const int MaxPerKind = 3; // Three units, three boards, three threads: the fourth looks like them.
    private const int MaxSteps = 1_500;
    private static readonly HtmlParser Parser = new();

    // Leads out of the session, or is no page of the house: the pattern book has its own tests.
    private static readonly string[] Left = ["/sign-out", "/assets/", "/patterns"];

    public async Task<IReadOnlyList<Step>> WalkAsync(CancellationToken cancellation)
    {
        using var client = await ClientAsync(server, login, cancellation);
        var steps = new List<Step>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Queue<(string Path, string From)>([("/", "")]);
        while (open.TryDequeue(out var next) && steps.Count < MaxSteps)
        {
            var answer = await client.GetAsync(next.Path, cancellation);
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            var html = isPage ? await answer.Content.ReadAsStringAsync(cancellation) : "";
            steps.Add(new(next.Path, isPage ? Route.Of(next.Path.Split('?')[0]) : null, next.From, answer, html));
            var links = answer.Headers.Location is { } moved ? [PathOf(moved)] : LinksOf(html, next.Path);
            foreach (var link in links.Where(l => !Left.Any(left => l.StartsWith(left, StringComparison.Ordinal)) && seen.Add(l)))
            {
                var kind = KindOf(link);
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                if (kinds[kind] <= MaxPerKind)
                {
                    open.Enqueue((link, next.Path));
                }
            }
        }

        return steps;
    }

    /// <summary>A client that someone of the demo is signed in with; null for a guest. Follows no redirect.</summary>
    public static async Task<HttpClient> ClientAsync(DemoServer server, string? login, CancellationToken cancellation)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(server.Address) };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        if (login is not null)
        {
            await SignInAsync(client, login, cancellation);
        }

        return client;
    }

    private static string PathOf(Uri moved) => moved.IsAbsoluteUri ? moved.PathAndQuery : moved.ToString();

    // Pages of one component with the same parameters are of one kind, whatever the values.
    private static string KindOf(string link)
    {
        var parts = link.Split('?', 2);
        var names = parts.Length == 1 ? "" : string.Join('&', parts[1].Split('&').Select(p => p.Split('=')[0]).Order(StringComparer.Ordinal));
        return (Route.Of(parts[0])?.Template ?? string.Join('/', parts[0].Split('/').Take(2))) + "?" + names;
    }

    private IEnumerable<string> LinksOf(string html, string at)
        => html.Length == 0 ? [] :
        [
            .. Parser.ParseDocument(html).QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!)
                .Select(href => Uri.TryCreate(new Uri(new Uri(server.Address), at), href, out var target) ? target : null).OfType<Uri>()
                .Where(target => target.GetLeftPart(UriPartial.Authority) == server.Address).Select(target => target.PathAndQuery).Distinct(StringComparer.Ordinal),
        ];

    private static async Task SignInAsync(HttpClient client, string login, CancellationToken cancellation)
    {
        var page = Parser.ParseDocument(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), cancellation));
        var form = (IHtmlFormElement)page.QuerySelector("input[autocomplete=current-password]")!.Closest("form")!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]").ToDictionary(i => i.Name!, i => i.Value);
        fields[form.QuerySelector("input[autocomplete^=username]")!.GetAttribute("name")!] = login;
        fields[form.QuerySelector("input[autocomplete=current-password]")!.GetAttribute("name")!] = "plenum-demo";
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content, cancellation);
        Assert.True((int)answer.StatusCode is 302 or 303, $"{login} could not sign in: {answer.StatusCode}");
    }
}
