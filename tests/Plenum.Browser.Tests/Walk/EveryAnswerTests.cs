using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plenum.Browser.Tests.House;
using Plenum.Kernel.Data;

namespace Plenum.Browser.Tests.Walk;

/// <summary>Every answer that a guest, a member and the operator get by following links, on both databases, without a browser.</summary>
public sealed partial class EveryAnswerTests(Houses houses)
{
    private const int MaxHtml = 30 * 1024;

    // Reached from a mail, a console or a mistake only.
    private static readonly string[] NotLinked =
        ["/error", "/error/{Code:int}", "/confirm/{Secret}", "/recover/{Secret}", "/boards/confirm/{Token}", "/boards/unsubscribe/{Token}", "/setup/{Secret}", "/setup/{Secret}/done", "/patterns", "/patterns/{Group?}", "/patterns/{Group}"];

    public static TheoryData<DatabaseProvider, string> All()
    {
        var all = new TheoryData<DatabaseProvider, string>();
        foreach (var persona in Walks.Personas)
        {
            all.Add(DatabaseProvider.SQLite, persona);
            all.Add(DatabaseProvider.PostgreSQL, persona);
        }

        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task Every_link_leads_somewhere(DatabaseProvider provider, string persona)
    {
        var steps = await Walks.OfAsync(houses, provider, persona);
        Assert.True(steps.Count > 15, $"Only {steps.Count} pages were found.");
        Expect(steps, s => s.Answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently, s => $"is {(int)s.Answer.StatusCode}");
    }

    [Theory, MemberData(nameof(All))]
    public async Task Every_answer_has_the_strict_policy_and_its_neighbours(DatabaseProvider provider, string persona)
    {
        var steps = await Walks.OfAsync(houses, provider, persona);
        Expect(steps, s => Header(s, "Content-Security-Policy") is { } policy && IsStrict(policy), s => $"has the policy {Header(s, "Content-Security-Policy")}");
        Expect(steps, s => Header(s, "X-Content-Type-Options") == "nosniff", _ => "lacks nosniff");
        Expect(steps, s => Header(s, "Referrer-Policy") == "same-origin", _ => "lacks a referrer policy");
        Expect(steps, s => Header(s, "Permissions-Policy") is not null, _ => "lacks a permissions policy");
        Expect(steps, s => Header(s, "Cross-Origin-Opener-Policy") == "same-origin", _ => "lacks an opener policy");
    }

    [Theory, MemberData(nameof(All))]
    public async Task No_page_is_heavier_than_thirty_kilobytes_or_holds_script_or_style(DatabaseProvider provider, string persona)
    {
        var steps = (await Walks.OfAsync(houses, provider, persona)).Where(s => s.Html.Length > 0).ToList();
        Expect(steps, s => Encoding.UTF8.GetByteCount(s.Html) <= MaxHtml, s => $"has {Encoding.UTF8.GetByteCount(s.Html):N0} bytes of HTML");
        var parser = new HtmlParser();
        Expect(steps, s => parser.ParseDocument(s.Html).QuerySelector("style, [style], script:not([src]), [onclick], [onload], [onchange], [onsubmit]") is null, _ => "holds a script or a style");
    }

    [Theory, MemberData(nameof(All))]
    public async Task Every_page_says_that_this_is_a_demo_and_shows_no_key_of_a_text(DatabaseProvider provider, string persona)
    {
        var steps = (await Walks.OfAsync(houses, provider, persona)).Where(s => s.Html.Length > 0 && s.Route is not null).ToList();
        var parser = new HtmlParser();
        Expect(steps, s => parser.ParseDocument(s.Html).QuerySelector(".demo") is not null, _ => "does not say so");
        Expect(steps, s => KeysShown(parser, s.Html).Count == 0, s => $"shows {string.Join(", ", KeysShown(parser, s.Html))}");
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task A_guest_who_reads_gets_no_cookie(DatabaseProvider provider)
    {
        var steps = await Walks.OfAsync(houses, provider, "guest");

        // A form that posts needs the one that proves it is ours; reading needs none.
        Expect(steps.Where(s => !s.Html.Contains("method=\"post\"", StringComparison.Ordinal)), s => !s.Answer.Headers.Contains("Set-Cookie"), s => $"sets {Header(s, "Set-Cookie")}");
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL)]
    public async Task Every_page_of_every_module_is_reached_by_links(DatabaseProvider provider)
    {
        Assert.True(Route.All.Count > 50, $"Only {Route.All.Count} pages are known.");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var persona in Walks.Personas)
        {
            reached.UnionWith((await Walks.OfAsync(houses, provider, persona)).Select(s => s.Route?.Template).OfType<string>());
        }

        var missing = Route.All.Where(r => !reached.Contains(r.Template) && !NotLinked.Contains(r.Template)).Select(r => $"{r.Template} ({r.Component})");
        Assert.True(!missing.Any(), "No link that a guest, emil or ada sees leads to: " + string.Join(", ", missing));
    }

    [Theory]
    [InlineData("/setup/spent", "Dieser Link funktioniert nicht")]
    [InlineData("/boards/nowhere", "oder es ist nur für Mitglieder")]
    public async Task What_is_not_there_is_said_in_the_words_of_its_page(string path, string words)
    {
        var server = await houses.OnAsync(DatabaseProvider.SQLite);
        using var client = await Walker.ClientAsync(server, null, TestContext.Current.CancellationToken);
        for (var times = 0; times < 2; times++) // The second answer must not be a page kept for guests.
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        }
    }

    private static void Expect(IEnumerable<Step> steps, Func<Step, bool> holds, Func<Step, string> complaint)
    {
        var wrong = steps.Where(s => !holds(s)).Select(s => $"{s.Path} {complaint(s)} (linked from {s.From})").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(25)) + $"\n{wrong.Count} in all");
    }

    private static string? Header(Step step, string name) => step.Answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static bool IsStrict(string policy)
        => policy.StartsWith("default-src 'none'", StringComparison.Ordinal) && policy.Contains("base-uri 'none'", StringComparison.Ordinal)
            && policy.Contains("frame-ancestors 'self'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal) && !policy.Contains("http", StringComparison.Ordinal)
            && !policy.Contains('*', StringComparison.Ordinal);

    private static List<string> KeysShown(HtmlParser parser, string html)
    {
        var document = parser.ParseDocument(html);
        foreach (var code in document.QuerySelectorAll("code, pre, kbd, script"))
        {
            code.Remove();
        }

        var texts = document.Descendants<IText>().Select(t => t.Data).Concat(document.All.SelectMany(e => e.Attributes.Where(a => a.Name is "aria-label" or "title" or "placeholder" or "alt").Select(a => a.Value)));
        return [.. texts.Select(t => t.Trim()).Where(t => Key().IsMatch(t)).Distinct()];
    }

    // "site.menu.home", but no host name, file name or version.
    [GeneratedRegex(@"^(ui|site|signon|units|offices|accounts|permission|role|notifications|discussions|mail|operations|search|audit|jobs|kernel)(\.[A-Za-z0-9_-]+)+$")]
    private static partial Regex Key();
}
