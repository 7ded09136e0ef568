using System.Text;
using System.Text.RegularExpressions;
using Plenum.Wikitext;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Saving;
using Plenum.Wikitext.Site;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>Invented pages go through MediaWiki 1.39 and through ours; the results must be the same text.</summary>
public sealed partial class MediaWikiOracleTests(MediaWikiOracleTests.Oracle oracle) : IClassFixture<MediaWikiOracleTests.Oracle>
{
    private const string Title = "User:Ada/Draft 1";

    /// <summary>Texts of each kind.</summary>
    private static readonly int s_cases = int.TryParse(Environment.GetEnvironmentVariable("PLENUM_ORACLE_CASES"), out var cases) ? cases : 150;

    private static readonly int s_seed = int.TryParse(Environment.GetEnvironmentVariable("PLENUM_ORACLE_SEED"), out var seed) ? seed : 1;

    [Theory]
    [InlineData("en", "pages")]
    [InlineData("en", "soup")]
    [InlineData("en", "functions")]
    [InlineData("de", "pages")]
    [InlineData("de", "functions")]
    public async Task Templates_expand_as_in_MediaWiki(string language, string kind)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (oracle.Server is not { } server)
        {
            return;
        }

        var wiki = OracleWiki.Create(language, server.Address);
        var preprocessor = new Preprocessor(wiki, wiki);
        await CompareAsync($"expandtemplates {language} {kind}", kind, 0.99,
            text => server.ExpandAsync(text, Title, language, cancellation),
            text => preprocessor.Expand(text, wiki.Parse(Title), ExpansionMode.Message).Text);
    }

    [Fact]
    public async Task Drafts_are_saved_as_in_MediaWiki()
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (oracle.Server is not { } server)
        {
            return;
        }

        var wiki = OracleWiki.Create("en", server.Address);
        var transform = new PreSaveTransform(wiki, wiki);
        await CompareAsync("presave en", "drafts", 0.99,
            text => server.PreSaveAsync(text, Title, "en", cancellation),
            text => transform.Transform(text, wiki.Parse(Title), new Signer("127.0.0.1") { IsRegistered = false }).Text);
    }

    [Theory]
    [InlineData("en", "documents")]
    [InlineData("en", "markup")]
    [InlineData("de", "documents")]
    public async Task Pages_render_as_in_MediaWiki(string language, string kind)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (oracle.Server is not { } server)
        {
            return;
        }

        var wiki = OracleWiki.Create(language, server.Address);
        var engine = new WikitextEngine(wiki, wiki);
        var options = new RenderOptions { ThumbnailWidth = 300, FallbackAnchors = AnchorStyle.Legacy };
        await CompareAsync($"parse {language} {kind}", kind, 0.99,
            async text => OracleHtml.Normalise(await server.ParseAsync(text, Title, language, cancellation)),
            text => OracleHtml.Normalise(engine.Render(text, wiki.Parse(Title), options).Html));
    }

    private static async Task CompareAsync(string name, string kind, double floor, Func<string, Task<string>> theirs, Func<string, string> ours)
    {
        var equal = 0;
        var report = new StringBuilder();
        for (var i = 0; i < s_cases; i++)
        {
            var seed = HashCode(name, s_seed + i);
            var generator = new WikitextGenerator(seed);
            var text = kind switch
            {
                "pages" => generator.Page(),
                "soup" => generator.Soup(),
                "functions" => generator.Function(),
                "documents" => new PageGenerator(seed).Page(),
                "markup" => new PageGenerator(seed).Soup(),
                _ => generator.Draft(),
            };
            var (expected, actual) = (Normalise(await theirs(text)), Normalise(ours(text)));
            if (expected == actual)
            {
                equal++;
            }
            else
            {
                report.Append("--- ").AppendLine(text).Append("  MediaWiki: ").AppendLine(expected).Append("  Plenum:    ").AppendLine(actual);
            }
        }

        Console.WriteLine($"oracle: {name} {equal}/{s_cases}");
        if (Environment.GetEnvironmentVariable("PLENUM_ORACLE_REPORT") is { Length: > 0 } path)
        {
            await File.AppendAllTextAsync(path, $"##### {name} {equal}/{s_cases}\n{report}");
        }

        Assert.True(equal >= s_cases * floor, $"{name}: only {equal} of {s_cases} are the same.\n{report}");
    }

    /// <summary>Sentences of error boxes differ in German; white space at the end of a text is cut when a page is saved.</summary>
    private static string Normalise(string text) => ErrorBox().Replace(text, "<$1 class=\"error\">…</$1>").TrimEnd();

    private static int HashCode(string name, int number)
    {
        var hash = number;
        foreach (var c in name)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash & int.MaxValue;
    }

    [GeneratedRegex("<(strong|span) class=\"error\">[^<]*</(?:strong|span)>")]
    private static partial Regex ErrorBox();

    /// <summary>One MediaWiki with our templates for all tests of the class.</summary>
    public sealed class Oracle : IAsyncLifetime
    {
        internal MediaWikiServer? Server { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Server = await MediaWikiServer.StartAsync(CancellationToken.None);
            if (Server is null)
            {
                Testing.VectorSet.ReportAbsent("wikitext-oracle");
                return;
            }

            foreach (var (name, text) in OracleWiki.Templates)
            {
                await Server.SaveAsync("Template:" + name, text, CancellationToken.None);
            }

            foreach (var title in OracleWiki.Pages)
            {
                await Server.SaveAsync(title, "A page.", CancellationToken.None);
            }

            await Server.UploadAsync(OracleWiki.Picture, OracleWiki.PictureOctets, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }
    }
}
