using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Site;

/// <summary>A wiki whose pages and files lie in dictionaries: for tools, tests and wikis small enough to be read at once.</summary>
/// <param name="language">Code of the content language.</param>
/// <param name="name">Name of the wiki, also of its project namespace.</param>
public sealed class InMemoryWiki(string language = "en", string name = "Plenum") : IWikiSite, ITemplateSource
{
    private readonly Dictionary<PageTitle, string> _texts = [];
    private readonly Dictionary<PageTitle, FileFacts> _files = [];

    public string Language => language;

    public string Name => name;

    public string Server { get; init; } = "http://example.org";

    public string ArticlePath { get; init; } = "/wiki/$1";

    public string ScriptPath { get; init; } = "/w";

    public NamespaceTable Namespaces { get; init; } = NamespaceTable.Standard(language, name);

    public InterwikiTable Interwikis { get; init; } = InterwikiTable.Empty;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    public SiteStatistics Statistics { get; init; } = new();

    /// <summary>Texts of interface messages by key.</summary>
    public Dictionary<string, string> Messages { get; } = [];

    public PageTitle MainPage => new(Namespaces.Main, language == "de" ? "Hauptseite" : "Main Page", "", "");

    /// <summary>All pages and their wikitext.</summary>
    public IReadOnlyDictionary<PageTitle, string> Pages => _texts;

    /// <summary>Adds or replaces a page.</summary>
    /// <exception cref="FormatException">No page can have this title.</exception>
    public void Save(string title, string wikitext) => _texts[Parse(title)] = wikitext;

    /// <summary>Adds or replaces a file.</summary>
    /// <exception cref="FormatException">No file can have this name.</exception>
    public void SaveFile(FileFacts file) => _files[Parse(Namespaces[WikiNamespace.File]!.Name + ":" + file.Name)] = file;

    /// <summary>Reads a title that must be one.</summary>
    /// <exception cref="FormatException">No page can have this title.</exception>
    public PageTitle Parse(string title) => PageTitle.TryParse(title, this, out var parsed) ? parsed : throw new FormatException($"\"{title}\" is no page title.");

    public string? FindText(PageTitle title) => _texts.GetValueOrDefault(title);

    public IReadOnlyDictionary<PageTitle, PageFacts> FindPages(IReadOnlyCollection<PageTitle> titles)
        => titles.Where(_texts.ContainsKey).Distinct().ToDictionary(t => t, FactsOf);

    public IReadOnlyDictionary<PageTitle, FileFacts> FindFiles(IReadOnlyCollection<PageTitle> titles)
        => titles.Where(_files.ContainsKey).Distinct().ToDictionary(t => t, t => _files[t]);

    public string? FindMessage(string key, string language) => Messages.GetValueOrDefault(key);

    private PageFacts FactsOf(PageTitle title) => new()
    {
        SizeBytes = System.Text.Encoding.UTF8.GetByteCount(_texts[title]),
        RedirectTarget = Redirect.TryRead(_texts[title], this, out var target) ? target : null,
    };
}
