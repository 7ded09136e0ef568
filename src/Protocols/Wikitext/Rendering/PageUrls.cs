using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Addresses of pages.</summary>
internal static class PageUrls
{
    /// <summary>Address of a page, here or in another wiki, with its fragment.</summary>
    public static string Of(PageTitle title, IWikiSite site, AnchorStyle anchors)
    {
        if (title.IsBareFragment)
        {
            return "#" + SectionId.EncodeForLink(title.Fragment, anchors);
        }

        if (title.IsExternal)
        {
            return OfExternal(title, site, anchors);
        }

        var path = site.ArticlePath.Replace("$1", PercentEncoding.EncodePage(title.PrefixedText), StringComparison.Ordinal);
        return title.Fragment.Length == 0 ? path : $"{path}#{SectionId.EncodeForLink(title.Fragment, anchors)}";
    }

    /// <summary>Address with a query: "/w/index.php?title=Page&amp;action=edit".</summary>
    /// <param name="query">Encoded, without the leading separator.</param>
    public static string WithQuery(PageTitle title, IWikiSite site, string query)
        => $"{site.ScriptPath}/index.php?title={PercentEncoding.EncodePage(title.PrefixedText)}&{query}";

    /// <summary>Address where a page that does not exist is written.</summary>
    public static string ToCreate(PageTitle title, IWikiSite site) => WithQuery(title, site, "action=edit&redlink=1");

    private static string OfExternal(PageTitle title, IWikiSite site, AnchorStyle anchors)
    {
        if (!site.Interwikis.TryFind(title.Interwiki, out var interwiki))
        {
            return "";
        }

        var name = title.Namespace.Name.Length == 0 ? title.Text : $"{title.Namespace.Name}:{title.Text}";
        var url = interwiki.UrlOf(PercentEncoding.EncodePage(name));
        url = name.Length == 0 ? url.TrimEnd('?') : url;

        // Wikis of the same family share our anchors; others are linked as they always were.
        return title.Fragment.Length == 0 ? url : $"{url}#{SectionId.EncodeForLink(title.Fragment, interwiki.IsTrusted ? anchors : AnchorStyle.Legacy)}";
    }
}
