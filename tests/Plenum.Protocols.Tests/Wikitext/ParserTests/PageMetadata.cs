using System.Text;
using System.Text.RegularExpressions;
using System.Web;
using Plenum.Wikitext;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>Writes what a page tells beside its HTML in the words of MediaWiki's parser tests: categories, links, sections, flags.</summary>
internal static partial class PageMetadata
{
    private static readonly string[] Asking =
        ["cat", "ill", "iwl", "links", "special", "extlinks", "templates", "showmedia", "showindicators", "showtitle", "showtocdata", "property"];

    /// <summary>True if a case asks for something this writes.</summary>
    public static bool IsAsked(ParserTestCase test) => test.Metadata is not null && !test.Options.Has("pst") && !test.Options.Has("showflags") && Asking.Any(test.Options.Has);

    public static string Write(ParserTestCase test, RenderedPage page, PageTitle title)
    {
        var result = new StringBuilder();
        if (test.Options.Has("showtitle"))
        {
            result.Append(NormalTree.Of(page.DisplayTitleHtml ?? $"<span lang=\"en\" dir=\"ltr\"><span class=\"mw-page-title-main\">{title.Text}</span></span>")).Append('\n');
        }

        if (test.Options.Has("showindicators"))
        {
            var marks = string.Concat(page.Indicators.Select(i => $"<section title=\"{HttpUtility.HtmlAttributeEncode(i.Name)}\">{i.Html}</section>"));
            result.Append(NormalTree.Of(marks)).Append('\n');
        }

        Lines("ill", page.LanguageLinks.Select(l => "ill=" + l.FullText));
        Lines("cat", page.Categories
            .Select(c => (c.Title.Key, Sort: c.SortKey.Length > 0 ? c.SortKey : page.DefaultSort ?? ""))
            .Concat(page.TrackingCategories.Select(c => (c.Title.Key, "")))
            .Select(c => $"cat={c.Key} sort={c.Item2}"));
        Lines("extlinks", page.ExternalLinks.Select(l => "extlink=" + l));
        Lines("iwl", page.InterwikiLinks.Select(l => $"iwl={l.Interwiki}:{l.Key}"));
        Lines("links", page.Links.Where(l => l.Title.Namespace.Id != WikiNamespace.Special).Select(l => "link=" + l.Title.PrefixedKey));
        Lines("special", page.Links.Where(l => l.Title.Namespace.Id == WikiNamespace.Special).Select(l => "special=" + l.Title.PrefixedKey));
        Lines("templates", page.Templates.Select(t => "template=" + t.Title.PrefixedKey));
        Lines("showmedia", page.Files.Select(f => "images=" + f.Title.Key));
        Lines("property", test.Options.All("property").Where(p => Has(page.Switches, p)).Select(p => $"property[{p}]="));
        if (test.Options.Has("showtocdata"))
        {
            result.Append("Sections:\n");
            foreach (var section in page.Sections)
            {
                WriteSection(section, result);
            }
        }

        return result.ToString().TrimEnd();

        void Lines(string option, IEnumerable<string> lines)
        {
            if (test.Options.Has(option))
            {
                foreach (var line in lines)
                {
                    result.Append(line).Append('\n');
                }
            }
        }
    }

    /// <summary>What a case expects, in the same form: HTML compared as trees, no offsets in bytes of PHP strings.</summary>
    public static string Expected(ParserTestCase test)
    {
        if (test.Options.Has("showindicators"))
        {
            return NormalTree.Of(IndicatorLine().Replace(test.Metadata!, m => $"</section><section title=\"{HttpUtility.HtmlAttributeEncode(m.Groups[1].Value)}\">")).TrimEnd();
        }

        var lines = test.Metadata!.TrimEnd().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (test.Options.Has("showtitle") && i == 0)
            {
                lines[i] = NormalTree.Of(lines[i]);
            }
            else if (lines[i].IndexOf(" off:", StringComparison.Ordinal) is >= 0 and var offset)
            {
                lines[i] = lines[i].Remove(offset, lines[i].IndexOf(' ', offset + 1) - offset);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Where an indicator begins: its name has no markup.</summary>
    [GeneratedRegex("^([^<>=\\s]+)=", RegexOptions.Multiline)]
    private static partial Regex IndicatorLine();

    private static void WriteSection(PageSection section, StringBuilder result)
    {
        result.Append(' ', section.ContentsLevel).Append($"h{section.Level} index:{section.Index} toclevel:{section.ContentsLevel} number:{section.Number}");
        result.Append($" title:{section.Page?.PrefixedKey ?? "NULL"} ");
        result.Append(section.Anchor == section.LinkAnchor ? $"anchor/linkAnchor:{section.Anchor}" : $"anchor:{section.Anchor} linkAnchor:{section.LinkAnchor}");
        result.Append($" line:{section.Html}\n");
    }

    private static bool Has(BehaviourSwitches switches, string property) => switches.HasFlag(property switch
    {
        "nogallery" => BehaviourSwitches.NoGallery,
        "newsectionlink" => BehaviourSwitches.NewSectionLink,
        "nonewsectionlink" => BehaviourSwitches.NoNewSectionLink,
        _ => BehaviourSwitches.HiddenCategory,
    });
}
