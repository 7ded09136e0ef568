using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>The wiki MediaWiki's parser tests assume: its addresses, namespaces, interwikis, files and pages.</summary>
public sealed class ParserTestSite : IWikiSite, ITemplateSource
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.UnixEpoch.AddSeconds(123);

    private static readonly FileFacts[] Fixtures =
    [
        new("Foobar.jpg", 1941, 220, "image/jpeg", MediaKind.Bitmap, Images + "3/3a/Foobar.jpg") { SizeBytes = 7881 },
        new("Thumb.png", 135, 135, "image/png", MediaKind.Bitmap, Images + "e/ea/Thumb.png") { SizeBytes = 22589 },
        new("Foobar.svg", 240, 180, "image/svg+xml", MediaKind.Drawing, Images + "f/ff/Foobar.svg") { SizeBytes = 12345 },
        new("Bad.jpg", 320, 240, "image/jpeg", MediaKind.Bitmap, Images + "0/09/Bad.jpg") { SizeBytes = 12345 },
        new("Video.ogv", 320, 240, "application/ogg", MediaKind.Video, Images + "0/00/Video.ogv") { SizeBytes = 12345 },
        new("Audio.oga", 0, 0, "application/ogg", MediaKind.Audio, Images + "4/41/Audio.oga") { SizeBytes = 12345 },
        new("Tall.jpg", 2000, 3000, "image/jpeg", MediaKind.Bitmap, Images + "8/88/Tall.jpg"),
        new("Hi-ho.jpg", 1941, 220, "image/jpeg", MediaKind.Bitmap, Images + "9/9d/Hi-ho.jpg") { SizeBytes = 7881 },
        new("LoremIpsum.djvu", 2480, 3508, "image/vnd.djvu", MediaKind.Document, Images + "5/5f/LoremIpsum.djvu") { PageCount = 5 },
    ];

    private const string Images = "http://example.com/images/";

    private static readonly Dictionary<string, string> SpecialPages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Booksources"] = "BookSources",
        ["Version"] = "Version",
        ["Search"] = "Search",
        ["Upload"] = "Upload",
        ["Recentchanges"] = "RecentChanges",
        ["Contributions"] = "Contributions",
        ["BlankPage"] = "BlankPage",
        ["Prefixindex"] = "PrefixIndex",
        ["Prefixindex/"] = "PrefixIndex",
        ["Random"] = "Random",
        ["Userlogin"] = "UserLogin",
        ["Allpages"] = "AllPages",
        ["Specialpages"] = "SpecialPages",
        ["Whatlinkshere"] = "WhatLinksHere",
        ["Redirect"] = "Redirect",
        ["MyPage"] = "MyPage",
    };

    private static readonly Dictionary<string, string> Messages = new() { ["Mainpage"] = "Main Page", ["History_short"] = "History", ["Ok"] = "OK" };

    /// <summary>What cases in other languages see of MediaWiki's own messages.</summary>
    private static readonly Dictionary<(string Key, string Language), string> ForeignMessages = new()
    {
        [("red-link-title", "ar")] = "$1 (الصفحة غير موجودة)",
        [("red-link-title", "ca")] = "$1 (encara no existeix)",
    };

    private readonly Dictionary<PageTitle, string> _pages = [];
    private readonly ParserTestCase _case;

    public ParserTestSite(ParserTestFile file, ParserTestCase test)
    {
        _case = test;
        Language = test.Options["language"] ?? "en";
        Namespaces = TestNamespaces.Create(Language, test.Options.Has("subpage"));
        Interwikis = TestInterwikis.Create(test);
        foreach (var (title, text) in file.Articles)
        {
            if (PageTitle.TryParse(title, this, out var parsed))
            {
                _pages[parsed] = text;
            }
        }
    }

    public string Language { get; }

    public string Name => "MediaWiki";

    public string Server => "http://example.org";

    public string ArticlePath => "/wiki/$1";

    public string ScriptPath => "";

    public string StylePath => "/skins";

    public PageTitle MainPage => PageTitle.TryParse("Main Page", this, out var title) ? title : throw new InvalidOperationException();

    public NamespaceTable Namespaces { get; }

    public InterwikiTable Interwikis { get; }

    public TimeProvider Clock { get; } = new FakeTimeProvider(Moment);

    public SiteStatistics Statistics { get; } = new() { Files = 10 };

    public IReadOnlyCollection<string> ExtensionTags { get; } = ["nowiki", "pre", "gallery", "indicator", "langconvert", "tag", "statictag", "spantag", "divtag", "asidetag"];

    public string? FindText(PageTitle title)
        => _pages.GetValueOrDefault(title);

    public IReadOnlyDictionary<PageTitle, PageFacts> FindPages(IReadOnlyCollection<PageTitle> titles)
        => titles.Where(t => _pages.ContainsKey(t) || IsSavedPage(t)).Distinct().ToDictionary(t => t, FactsOf);

    /// <summary>True for the page under test if the case says that it has been saved.</summary>
    private bool IsSavedPage(PageTitle title)
        => _case.Options.Has("lastsavedrevision") && PageTitle.TryParse(_case.Options["title"] ?? "Parser test", this, out var page) && page.Equals(title);

    public IReadOnlyDictionary<PageTitle, FileFacts> FindFiles(IReadOnlyCollection<PageTitle> titles)
    {
        var found = new Dictionary<PageTitle, FileFacts>();
        foreach (var title in titles)
        {
            var name = _pages.TryGetValue(title, out var text) && Redirect.TryRead(text, this, out var target) ? target.Text : title.Text;
            if (Array.Find(Fixtures, f => f.Name == name) is { } file)
            {
                found[title] = file;
            }
        }

        return found;
    }

    public string? FindThumbnailUrl(FileFacts file, int width, int page, string language = "")
    {
        var folder = file.Url.Replace(Images, Images + "thumb/", StringComparison.Ordinal);
        var size = string.Create(CultureInfo.InvariantCulture, $"{width}px-{file.Name}");
        return file.Kind switch
        {
            MediaKind.Drawing => $"{folder}/{(language.Length > 0 ? $"lang{language}-" : "")}{size}.png",
            MediaKind.Document => string.Create(CultureInfo.InvariantCulture, $"{folder}/page{page}-{Math.Max(width, 0)}px-{file.Name}.jpg"),
            MediaKind.Video => $"{folder}/{width}px--{file.Name}.jpg",
            _ => $"{folder}/{size}",
        };
    }

    public string? FindUploadUrl(PageTitle file)
        => _case.Options["wgEnableUploads"] == "0" ? null : "/index.php?title=Special:Upload&wpDestFile=" + PercentEncoding.EncodePage(file.Text);

    public string? FindMessage(string key, string language)
        => PageTitle.TryParse("MediaWiki:" + key, this, out var title) ? FindText(title) ?? Messages.GetValueOrDefault(title.Key) ?? ForeignMessages.GetValueOrDefault((key, language)) : null;

    public string? FindSpecialPage(string name) => SpecialPages.GetValueOrDefault(name.Replace(' ', '_'));

    private PageFacts FactsOf(PageTitle title) => IsSavedPage(title)
        ? new() { Id = 187, RevisionId = 1337, RevisedAt = Moment, RevisionUser = "127.0.0.1", SizeBytes = System.Text.Encoding.UTF8.GetByteCount(_case.Wikitext) }
        : new()
        {
            Id = 1,
            SizeBytes = System.Text.Encoding.UTF8.GetByteCount(_pages[title]),
            RedirectTarget = Redirect.TryRead(_pages[title], this, out var target) ? target : null,
        };
}
