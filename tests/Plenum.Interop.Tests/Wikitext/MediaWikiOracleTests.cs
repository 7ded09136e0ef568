using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Testing;
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
    private const int Cases = 100;

    private const int Seed = 1;

    private static readonly int s_cases = int.TryParse(Environment.GetEnvironmentVariable("PLENUM_ORACLE_CASES"), out var cases) ? cases : Cases;

    private static readonly int s_seed = int.TryParse(Environment.GetEnvironmentVariable("PLENUM_ORACLE_SEED"), out var seed) ? seed : Seed;

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
        await CompareAsync($"expandtemplates {language} {kind}", kind,
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
        await CompareAsync("presave en", "drafts",
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
        await CompareAsync($"parse {language} {kind}", kind,
            async text => OracleHtml.Normalise(await server.ParseAsync(text, Title, language, cancellation)),
            text => OracleHtml.Normalise(engine.Render(text, wiki.Parse(Title), options).Html));
    }

    /// <summary>All texts give the same, but for the listed ones. Another seed or number has no list: it shows what differs.</summary>
    private static async Task CompareAsync(string name, string kind, Func<string, Task<string>> theirs, Func<string, string> ours)
    {
        var differences = new string?[s_cases];
        await Parallel.ForAsync(0, s_cases, new ParallelOptions { MaxDegreeOfParallelism = MediaWikiServer.Workers, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) =>
        {
            var text = Invent(kind, HashCode(name, s_seed + i));
            var (expected, actual) = (Normalise(await theirs(text)), Normalise(ours(text)));
            differences[i] = expected == actual ? null : $"--- {text}\n  MediaWiki: {expected}\n  Plenum:    {actual}\n";
        });

        var report = string.Concat(differences);
        Console.WriteLine($"oracle: {name} {differences.Count(d => d is null)}/{s_cases}");
        if (Environment.GetEnvironmentVariable("PLENUM_ORACLE_REPORT") is { Length: > 0 } path)
        {
            await File.AppendAllTextAsync(path, $"##### {name}\n{report}");
        }

        if (s_seed == Seed && s_cases == Cases)
        {
            var found = Enumerable.Range(0, Cases).Where(i => differences[i] is not null).ToHashSet();
            var known = KnownDifferences(name);
            Assert.True(found.IsSubsetOf(known), $"{name}: {string.Join(' ', found.Except(known))} differ.\n{string.Concat(found.Except(known).Select(i => differences[i]))}");
            Assert.True(known.IsSubsetOf(found), $"{name}: {string.Join(' ', known.Except(found))} no longer differ and must leave the list.");
        }
    }

    private static string Invent(string kind, int seed) => kind switch
    {
        "pages" => new WikitextGenerator(seed).Page(),
        "soup" => new WikitextGenerator(seed).Soup(),
        "functions" => new WikitextGenerator(seed).Function(),
        "drafts" => new WikitextGenerator(seed).Draft(),
        "documents" => new PageGenerator(seed).Page(),
        _ => new PageGenerator(seed).Soup(),
    };

    /// <summary>Numbers of the texts that differ, out of lines <c>name :: number :: why</c>.</summary>
    private static HashSet<int> KnownDifferences(string name)
        => [.. File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "tests", "Plenum.Interop.Tests", "Wikitext", "KnownDifferences.txt"))
            .Select(line => line.Split(" :: ")).Where(parts => parts is [var first, _, { Length: > 0 }] && first == name).Select(parts => int.Parse(parts[1], CultureInfo.InvariantCulture))];

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
                VectorSet.ReportAbsent("wikitext-oracle");
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
