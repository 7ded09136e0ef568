using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Writes the links that waited until all of the page was read: blue, red, to other wikis.</summary>
internal sealed class LinkResolver(PageParser page)
{
    private readonly Dictionary<PageTitle, PageFacts?> _facts = [];
    private int _known;

    /// <summary>Asks the site once for all targets that are new.</summary>
    public void Prepare()
    {
        if (page.Links.Count == _known)
        {
            return;
        }

        HashSet<PageTitle> pages = [];
        HashSet<PageTitle> files = [];
        foreach (var title in page.Links.Targets)
        {
            if (title.IsBareFragment || _facts.ContainsKey(title))
            {
                continue;
            }

            if (title.Namespace.Id == WikiNamespace.Special)
            {
                _facts[title] = page.Site.FindSpecialPage(title.Text.Split('/')[0]) is null ? null : new PageFacts();
            }
            else
            {
                pages.Add(title);
                if (title.Namespace.Id == WikiNamespace.File)
                {
                    files.Add(title);
                }
            }
        }

        _known = page.Links.Count;
        var found = pages.Count == 0 ? new Dictionary<PageTitle, PageFacts>() : page.Site.FindPages(pages);
        page.Files.Prepare(files);
        foreach (var title in pages)
        {
            // A file that exists is no red link although nobody has described it.
            _facts[title] = found.GetValueOrDefault(title) ?? (files.Contains(title) && page.Files.Find(title) is not null ? new PageFacts() : null);
        }
    }

    /// <summary>Writes the link's start tag.</summary>
    public void Open(LinkTable.Link link, TextBuffer output)
    {
        var title = link.Title;
        output.Append("<a");
        if (title.IsExternal)
        {
            TagAttributes.Write("href", PageUrls.Of(title, page.Site, page.Options.Anchors), output);
            TagAttributes.Write("class", "extiw", output);
            TagAttributes.Write("title", title.PrefixedText, output);
        }
        else if (title.IsBareFragment)
        {
            TagAttributes.Write("href", PageUrls.Of(title, page.Site, page.Options.Anchors), output);
        }
        else if (_facts.GetValueOrDefault(title) is { } facts)
        {
            TagAttributes.Write("href", PageUrls.Of(title, page.Site, page.Options.Anchors), output);
            if (facts.RedirectTarget is not null)
            {
                TagAttributes.Write("class", "mw-redirect", output);
            }

            TagAttributes.Write("title", title.PrefixedText, output);
        }
        else
        {
            TagAttributes.Write("href", PageUrls.ToCreate(title, page.Site), output);
            TagAttributes.Write("class", "new", output);
            TagAttributes.Write("title", page.Texts["red-link-title", title.PrefixedText], output);
        }

        output.Append('>');
        page.Index.AddLink(title, title.IsExternal || title.IsBareFragment || _facts.GetValueOrDefault(title) is not null);
    }
}
