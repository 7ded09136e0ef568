using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Parsing;

/// <summary>Targets relative to the page: <c>/Sub</c>, <c>../Sister</c>.</summary>
internal static class SubpageLink
{
    /// <summary>Makes a target absolute.</summary>
    /// <param name="target">As written.</param>
    /// <param name="page">The page with the link; in namespaces without subpages nothing changes.</param>
    /// <param name="text">What a link without text shows when it differs from the target; else null.</param>
    public static string Resolve(string target, PageTitle page, out string? text)
    {
        text = null;
        if (!page.Namespace.HasSubpages)
        {
            return target;
        }

        var hash = target.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : target[hash..];
        var name = (hash < 0 ? target : target[..hash]).TrimWhite();
        if (name.StartsWith('/'))
        {
            var inner = name[1..];
            if (name.EndsWith('/'))
            {
                inner = name.TrimEnd('/') is { Length: > 0 } shorter ? shorter[1..] : "";
                text = inner + fragment;
            }
            else
            {
                text = name + fragment;
            }

            return $"{page.PrefixedText}/{inner.TrimWhite()}{fragment}";
        }

        return Climb(target, name, fragment, page, ref text);
    }

    private static string Climb(string target, string name, string fragment, PageTitle page, ref string? text)
    {
        var levels = 0;
        while (name.StartsWith("../", StringComparison.Ordinal))
        {
            levels++;
            name = name[3..];
        }

        var path = page.PrefixedText.Split('/');
        if (levels == 0 || path.Length <= levels)
        {
            return target;
        }

        if (name.EndsWith('/'))
        {
            name = name.TrimEnd('/');
            text = name + fragment;
        }

        var parent = string.Join('/', path[..^levels]);
        name = name.TrimWhite();
        return name.Length == 0 ? parent + fragment : $"{parent}/{name}{fragment}";
    }
}
