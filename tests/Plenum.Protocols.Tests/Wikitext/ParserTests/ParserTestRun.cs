using System.Text.Json;
using Plenum.Wikitext;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>Runs one case: applies its options, renders, compares.</summary>
public static class ParserTestRun
{
    /// <summary>What the library makes of a case.</summary>
    public static RenderedPage Render(ParserTestFile file, ParserTestCase test)
    {
        var site = new ParserTestSite(file, test);
        return new WikitextEngine(site, site, LimitsOf(test)).Render(test.Wikitext, PageOf(test, site), OptionsOf(test));
    }

    /// <summary>True if the result is what MediaWiki makes of it.</summary>
    public static bool Passes(ParserTestFile file, ParserTestCase test, out string expected, out string actual)
    {
        (expected, actual) = test.Options.Has("comment")
            ? (NormalTree.Of(test.Html!), NormalTree.Of(RenderSummary(file, test)))
            : (NormalTree.Of(test.Html!), NormalTree.Of(Render(file, test).Html));
        return expected == actual;
    }

    private static string RenderSummary(ParserTestFile file, ParserTestCase test)
    {
        var site = new ParserTestSite(file, test);
        return new WikitextEngine(site, site).RenderSummary(test.Wikitext, PageOf(test, site), test.Options.Has("local"), OptionsOf(test));
    }

    private static PageTitle PageOf(ParserTestCase test, ParserTestSite site)
        => PageTitle.TryParse(test.Options["title"] ?? "Parser test", site, out var title) ? title : site.MainPage;

    private static WikitextLimits LimitsOf(ParserTestCase test)
    {
        var limits = WikitextLimits.Default;
        if (test.Options["maxtemplatedepth"] is { } depth)
        {
            limits = limits with { MaxDepth = int.Parse(depth, System.Globalization.CultureInfo.InvariantCulture) };
        }

        return test.Options["maxincludesize"] is { } size
            ? limits with { MaxExpandedLength = int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) }
            : limits;
    }

    private static RenderOptions OptionsOf(ParserTestCase test)
    {
        var anchors = test.Config.TryGetValue("wgFragmentMode", out var modes) ? JsonSerializer.Deserialize<string[]>(modes)! : ["legacy"];
        return new()
        {
            Anchors = StyleOf(anchors[0]),
            FallbackAnchors = anchors.Length > 1 ? StyleOf(anchors[1]) : null,
            HasContents = !test.Options.Has("notoc"),
            MaxContentsLevel = Number(test, "wgMaxTocLevel", 999),
            ThumbnailWidth = Number(test, "thumbsize", 180),
            AllowsExternalImages = test.Options["wgAllowExternalImages"] is "1" or "true",
            MagicLinks = MagicLinksOf(test),
            HasLanguageLinks = test.Config.GetValueOrDefault("wgInterwikiMagic") != "false",
            HasNoFollow = test.Config.GetValueOrDefault("wgNoFollowLinks") != "false",
            FollowedDomains = test.Config.TryGetValue("wgNoFollowDomainExceptions", out var domains)
                ? JsonSerializer.Deserialize<string[]>(domains)!
                : ["no-nofollow.org"],
            ExternalLinkTarget = test.Options["externallinktarget"] ?? test.Config.GetValueOrDefault("wgExternalLinkTarget")?.Trim('"'),
            HiddenFiles = new HashSet<string> { "Bad.jpg" },
            RestrictsDisplayTitle = test.Config.GetValueOrDefault("wgRestrictDisplayTitle") != "false",
        };
    }

    private static AnchorStyle StyleOf(string mode) => mode == "html5" ? AnchorStyle.Html5 : AnchorStyle.Legacy;

    private static int Number(ParserTestCase test, string option, int usual)
        => test.Options[option] is { } value ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : usual;

    private static MagicLinkKinds MagicLinksOf(ParserTestCase test)
    {
        var kinds = MagicLinkKinds.All;
        if (test.Config.TryGetValue("wgEnableMagicLinks", out var settings))
        {
            foreach (var (name, isOn) in JsonSerializer.Deserialize<Dictionary<string, bool>>(settings)!)
            {
                kinds &= isOn ? kinds : ~Enum.Parse<MagicLinkKinds>(name, ignoreCase: true);
            }
        }

        return kinds;
    }
}
