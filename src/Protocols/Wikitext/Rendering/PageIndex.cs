using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Collects what a page links to and belongs to.</summary>
internal sealed class PageIndex
{
    private readonly Dictionary<PageTitle, bool> _links = [];
    private readonly Dictionary<PageTitle, bool> _files = [];
    private readonly Dictionary<string, PageTitle> _languages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<PageTitle, string> _categories = [];
    private readonly HashSet<string> _externalSet = new(StringComparer.Ordinal);
    private readonly List<string> _externalLinks = [];
    private readonly HashSet<PageTitle> _interwikiLinks = [];

    public IReadOnlyList<PageCategory> Categories => [.. _categories.Select(c => new PageCategory(c.Key, c.Value))];

    public IReadOnlyList<PageLink> Links => [.. _links.Select(l => new PageLink(l.Key, l.Value))];

    public IReadOnlyList<PageLink> Files => [.. _files.Select(f => new PageLink(f.Key, f.Value))];

    public IReadOnlyList<string> ExternalLinks => _externalLinks;

    public IReadOnlyList<PageTitle> LanguageLinks => [.. _languages.Values];

    public IReadOnlyList<PageTitle> InterwikiLinks => [.. _interwikiLinks];

    public List<PageIndicator> Indicators { get; } = [];

    /// <summary>The last sort key of a category counts.</summary>
    public void AddCategory(PageTitle category, string sortKey) => _categories[category.WithFragment("")] = sortKey;

    /// <summary>The first link to each language counts.</summary>
    public void AddLanguageLink(PageTitle title) => _languages.TryAdd(title.Interwiki, title);

    public void AddLink(PageTitle title, bool exists)
    {
        if (title.IsExternal)
        {
            _interwikiLinks.Add(title.WithFragment(""));
        }
        else if (!title.IsBareFragment)
        {
            _links[title.WithFragment("")] = exists;
        }
    }

    public void AddFile(PageTitle title, bool exists) => _files[title.WithFragment("")] = exists;

    public void AddExternalLink(string url)
    {
        if (_externalSet.Add(url))
        {
            _externalLinks.Add(url);
        }
    }

    public void SetIndicator(string name, string html)
    {
        Indicators.RemoveAll(i => i.Name == name);
        Indicators.Add(new(name, html));
    }
}
