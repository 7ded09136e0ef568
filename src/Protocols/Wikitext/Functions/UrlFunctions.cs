using System.Globalization;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>How much of an address is wanted.</summary>
internal enum UrlScope
{
    /// <summary>The path.</summary>
    Local,

    /// <summary>With scheme (if the wiki names one) and host.</summary>
    Full,

    /// <summary>Always with a scheme.</summary>
    Canonical,
}

/// <summary>Functions that make addresses.</summary>
internal static class UrlFunctions
{
    /// <summary><c>{{urlencode:text|PATH, QUERY or WIKI}}</c></summary>
    public static FunctionOutcome Encode(FunctionCall call)
    {
        var text = TextFunctions.WithoutMarkers(call.First);
        if (text.Length > call.Expander.Output.Limit - call.Expander.Output.Length)
        {
            call.Expander.Output.IsFull = true;
            return FunctionOutcome.Written;
        }

        var kind = call.Find(1);
        var words = call.Expander.Words;
        return call.Write(words.Is("url_wiki", kind) ? PercentEncoding.EncodePage(text)
            : words.Is("url_path", kind) ? PercentEncoding.EncodePath(text)
            : PercentEncoding.EncodeQuery(text));
    }

    public static FunctionOutcome Decode(FunctionCall call)
        => call.Write(PercentEncoding.Decode(TextFunctions.WithoutMarkers(call.First).Replace('+', ' ')));

    /// <summary>The fragment that leads to a heading.</summary>
    public static FunctionOutcome Anchor(FunctionCall call) => call.Write(AnchorText.Encode(TextFunctions.WithoutMarkers(call.First)));

    /// <summary><c>{{fullurl:title|query}}</c></summary>
    public static FunctionOutcome PageUrl(FunctionCall call, UrlScope scope, bool escape)
    {
        var title = call.Title(call.First) ?? call.Title(PercentEncoding.Decode(call.First.Replace('+', ' ')));
        if (title is null)
        {
            return FunctionOutcome.NotFound;
        }

        if (title.Namespace.Id == WikiNamespace.Media && call.Site.Namespaces[WikiNamespace.File] is { } file)
        {
            PageTitle.TryCreate(file, title.Text, call.Site, out title);
        }

        var url = Address(title!, call.Text(1), call.Site, scope);
        return call.Write(escape ? EscapeHtml(url) : url);
    }

    /// <summary><c>{{filepath:name|width or nowiki|…}}</c>: address of a file; nothing if it is missing.</summary>
    public static FunctionOutcome FilePath(FunctionCall call)
    {
        var space = call.Site.Namespaces[WikiNamespace.File];
        if (space is null || !PageTitle.TryParse(call.First, call.Site, out var title, space) || title.Namespace.Id != WikiNamespace.File
            || !call.Site.FindFiles([title]).TryGetValue(title, out var file))
        {
            return FunctionOutcome.Written;
        }

        var (first, second) = (call.Text(1), call.Text(2));
        var isLiteral = first == "nowiki" || second == "nowiki";
        var size = first == "nowiki" ? second : first;
        var width = Width(size);
        var url = (width > 0 ? call.Site.FindThumbnailUrl(file, width, 1) : null) ?? file.Url;
        url = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) ? call.Site.Server + url : url;
        return call.Write(isLiteral ? WikiEscape.Escape(url) : url);
    }

    private static string Address(PageTitle title, string query, IWikiSite site, UrlScope scope)
    {
        string url;
        if (title.IsExternal)
        {
            site.Interwikis.TryFind(title.Interwiki, out var interwiki);
            url = interwiki?.UrlOf(PercentEncoding.EncodePage(title.Text)) ?? "";
            url = query.Length == 0 ? url : url + (url.Contains('?') ? '&' : '?') + query;
        }
        else
        {
            var page = PercentEncoding.EncodePage(title.PrefixedText);
            url = query.Length == 0
                ? site.ArticlePath.Replace("$1", page, StringComparison.Ordinal)
                : $"{site.ScriptPath}/index.php?title={page}&{(query == "-" ? "" : query)}";
            url = scope is UrlScope.Local ? url : site.Server + url;
        }

        if (scope is UrlScope.Canonical && url.StartsWith("//", StringComparison.Ordinal))
        {
            url = "https:" + url;
        }

        return scope is UrlScope.Local || title.Fragment.Length == 0 ? url : $"{url}#{AnchorText.FromFragment(title.Fragment)}";
    }

    private static int Width(string size)
    {
        var text = size.EndsWith("px", StringComparison.Ordinal) ? size[..^2].TrimEnd() : size;
        text = text.IndexOf('x') is >= 0 and var cross ? text[..cross] : text;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? width : 0;
    }

    private static string EscapeHtml(string url) => url.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
