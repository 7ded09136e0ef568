namespace Plenum.Wikitext.Site;

/// <summary>
/// Everything the wikitext of a page may ask about the wiki it is in. Answers must be those of the page's audience, never of the
/// person who edits: what an implementation does not tell cannot leak. Calls are synchronous; an implementation over a database
/// answers <see cref="FindPages"/> and <see cref="FindFiles"/> with one query each.
/// </summary>
public interface IWikiSite
{
    /// <summary>Code of the content language ("de", "en"): names of namespaces and magic words, number and date formats.</summary>
    string Language { get; }

    /// <summary>Name of the wiki (SITENAME).</summary>
    string Name { get; }

    /// <summary>Scheme and host without a path ("https://wiki.example.org"); may start with "//".</summary>
    string Server { get; }

    /// <summary>Path of an article with $1 for its encoded name ("/wiki/$1").</summary>
    string ArticlePath { get; }

    /// <summary>Path of the folder that holds index.php ("/w"); addresses with a query start here.</summary>
    string ScriptPath => "/w";

    /// <summary>Path of skins (STYLEPATH).</summary>
    string StylePath => ScriptPath + "/skins";

    /// <summary>What CURRENTVERSION shows.</summary>
    string Version => "1.39.17";

    PageTitle MainPage { get; }

    NamespaceTable Namespaces { get; }

    InterwikiTable Interwikis => InterwikiTable.Empty;

    /// <summary>The moment of rendering and the clock of the time limit.</summary>
    TimeProvider Clock => TimeProvider.System;

    /// <summary>Zone of LOCALTIME, #timel and signatures.</summary>
    TimeZoneInfo TimeZone => TimeZoneInfo.Utc;

    SiteStatistics Statistics => new();

    /// <summary>Names of extension tags: what stands between them is no wikitext of this page.</summary>
    IReadOnlyCollection<string> ExtensionTags => WikiTags.Standard;

    /// <summary>Finds which of the titles exist. Titles are of this wiki; special pages count as existing when they are known.</summary>
    /// <returns>Facts of those that exist (and that the audience may know of); the others are absent.</returns>
    IReadOnlyDictionary<PageTitle, PageFacts> FindPages(IReadOnlyCollection<PageTitle> titles);

    /// <summary>Finds which of the titles in the file namespace have a file (redirects between files are followed).</summary>
    IReadOnlyDictionary<PageTitle, FileFacts> FindFiles(IReadOnlyCollection<PageTitle> titles);

    /// <summary>Address of a picture of the file, scaled to a width in pixels; null if none can be made (browsers then scale the file itself, if they know its type).</summary>
    /// <param name="page">Page of a document, from 1.</param>
    /// <param name="language">Language of the words in a drawing; empty for the drawing's own choice.</param>
    string? FindThumbnailUrl(FileFacts file, int width, int page, string language = "") => null;

    /// <summary>Address where a missing file can be uploaded; null shows a link to the file's page.</summary>
    string? FindUploadUrl(PageTitle file) => null;

    /// <summary>Text of an interface message (INT:key, MediaWiki:Key); null if there is none.</summary>
    string? FindMessage(string key, string language) => null;

    /// <summary>Local name of a special page by any of its names; null if unknown.</summary>
    string? FindSpecialPage(string name) => null;

    Gender FindGender(string userName) => Gender.Unknown;

    CategorySize CountMembers(PageTitle category) => default;

    /// <summary>Pages in a namespace (PAGESINNAMESPACE).</summary>
    long CountPages(WikiNamespace space) => 0;

    /// <summary>Users in a group (NUMBERINGROUP).</summary>
    long CountUsers(string group) => 0;
}
