using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Writes links as half-parsed HTML: every value is escaped so that later passes leave it alone.</summary>
internal static class LinkMarkup
{
    /// <summary>A link from a page to itself: no address, or a place in it.</summary>
    public static void WriteSelf(PageTitle title, string html, AnchorStyle anchors, TextBuffer output)
    {
        output.Append("<a");
        if (title.Fragment.Length > 0)
        {
            TagAttributes.Write("class", "mw-selflink-fragment", output);
            TagAttributes.Write("href", "#" + SectionId.EncodeForLink(title.Fragment, anchors), output);
        }
        else
        {
            TagAttributes.Write("class", "mw-selflink selflink", output);
        }

        output.Append('>');
        output.Append(html);
        output.Append("</a>");
    }

    /// <summary>The start tag of a link to another host.</summary>
    /// <param name="kind">Class beside "external": "free", "text", "autonumber" ...</param>
    public static void OpenExternal(string url, string kind, RenderOptions options, TextBuffer output)
    {
        output.Append("<a");
        WriteRelation(url, options, output);
        TagAttributes.Write("class", "external " + kind, output);
        TagAttributes.Write("href", url, output);
        output.Append('>');
    }

    /// <summary>Attributes rel and target of a link to another host.</summary>
    public static void WriteRelation(string url, RenderOptions options, TextBuffer output)
    {
        var relation = options.HasNoFollow && !IsFollowed(url, options.FollowedDomains) ? "nofollow" : "";
        if (options.ExternalLinkTarget is { Length: > 0 } target)
        {
            TagAttributes.Write("target", target, output);
        }

        if (relation.Length > 0)
        {
            TagAttributes.Write("rel", relation, output);
        }
    }

    public static void OpenIsbn(string number, IWikiSite site, TextBuffer output)
    {
        var special = site.Namespaces[WikiNamespace.Special]?.Name ?? "Special";
        var page = site.FindSpecialPage("Booksources") ?? "BookSources";
        output.Append("<a");
        TagAttributes.Write("href", site.ArticlePath.Replace("$1", PercentEncoding.EncodePage($"{special}:{page}/{number}"), StringComparison.Ordinal), output);
        TagAttributes.Write("class", "internal mw-magiclink-isbn", output);
        output.Append('>');
    }

    /// <summary>Text in HTML.</summary>
    public static void AppendText(ReadOnlySpan<char> text, TextBuffer output)
    {
        while (text.IndexOfAny("&<>\"") is >= 0 and var at)
        {
            output.Append(text[..at]);
            output.Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => "&quot;",
            });
            text = text[(at + 1)..];
        }

        output.Append(text);
    }

    private static bool IsFollowed(string url, IReadOnlyList<string> domains)
    {
        if (domains.Count == 0 || url.IndexOf("//", StringComparison.Ordinal) is not (>= 0 and var slashes))
        {
            return false;
        }

        var host = url.AsSpan(slashes + 2);
        var end = host.IndexOfAny("/?#:");
        host = end < 0 ? host : host[..end];
        foreach (var domain in domains)
        {
            if (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
