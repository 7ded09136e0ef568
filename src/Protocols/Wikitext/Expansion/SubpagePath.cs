using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Template names relative to the page: <c>{{/Part}}</c>, <c>{{../Sister}}</c>.</summary>
internal static class SubpagePath
{
    /// <summary>Makes a name absolute. The very same text comes back if it is no relative one, or the page's namespace has no subpages.</summary>
    public static string Resolve(string name, PageTitle page)
    {
        if (!page.Namespace.HasSubpages || !(name.StartsWith('/') || name.StartsWith("../", StringComparison.Ordinal)))
        {
            return name;
        }

        var hash = name.IndexOf('#');
        var (path, fragment) = hash < 0 ? (name, "") : (name[..hash], name[hash..]);
        path = path.Trim();
        if (path.StartsWith('/'))
        {
            var inner = path.TrimEnd('/');
            return $"{page.PrefixedText}/{(inner.Length == 0 ? "" : inner[1..].Trim())}{fragment}";
        }

        var levels = 0;
        while (path.StartsWith("../", StringComparison.Ordinal))
        {
            levels++;
            path = path[3..];
        }

        var parents = page.PrefixedText.Split('/');
        if (parents.Length <= levels)
        {
            return name;
        }

        path = path.TrimEnd('/').Trim();
        var parent = string.Join('/', parents[..^levels]);
        return path.Length == 0 ? parent + fragment : $"{parent}/{path}{fragment}";
    }
}
