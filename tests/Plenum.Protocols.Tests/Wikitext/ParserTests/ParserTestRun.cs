using System.Text.Json;
using Plenum.Wikitext;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Saving;
using Plenum.Wikitext.Sections;
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

    /// <summary>True if what the page tells beside its HTML is what MediaWiki finds.</summary>
    public static bool PassesMetadata(ParserTestFile file, ParserTestCase test, out string expected, out string actual)
    {
        var site = new ParserTestSite(file, test);
        (expected, actual) = (PageMetadata.Expected(test), PageMetadata.Write(test, Render(file, test), PageOf(test, site)));
        return expected == actual;
    }

    /// <summary>The template a case includes although its file does not bring it; null if all are there, or if the case is about a missing one.</summary>
    public static string? LacksTemplate(ParserTestFile file, ParserTestCase test)
    {
        var site = new ParserTestSite(file, test);
        var expanded = new Preprocessor(site, site, LimitsOf(test)).Expand(test.Wikitext, PageOf(test, site));
        return expanded.Templates.FirstOrDefault(t => !t.Exists && t.Title.Namespace.Id == WikiNamespace.Template && IsTemplateName(t.Title.Text) && !Mentions(test.Html!, t.Title)) is { Title: { } title }
            ? title.PrefixedText
            : null;
    }

    /// <summary>False for what is a parser function or variable the library does not know.</summary>
    private static bool IsTemplateName(string name) => !name.AsSpan().ContainsAny(':', '：') && name.Any(char.IsLower);

    private static bool Mentions(string html, PageTitle template)
        => html.Contains(template.PrefixedText, StringComparison.OrdinalIgnoreCase) || html.Contains(template.PrefixedKey, StringComparison.OrdinalIgnoreCase)
            || html.Contains("{{" + template.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the result is what MediaWiki makes of it.</summary>
    public static bool Passes(ParserTestFile file, ParserTestCase test, out string expected, out string actual)
    {
        if (Transform(test, new(file, test)) is { } text)
        {
            (expected, actual) = (test.Html!, text);
        }
        else
        {
            var html = test.Options.Has("comment") ? RenderSummary(file, test) : Render(file, test).Html;
            (expected, actual) = (NormalTree.Of(test.Html!), NormalTree.Of(html));
        }

        return expected == actual;
    }

    /// <summary>Wikitext to wikitext: saving, messages, sections. Null if the case is to be rendered.</summary>
    private static string? Transform(ParserTestCase test, ParserTestSite site)
    {
        if (test.Options.Has("pst"))
        {
            return new PreSaveTransform(site, site, LimitsOf(test)).Transform(test.Wikitext, PageOf(test, site), new("127.0.0.1") { IsRegistered = false }).Text;
        }

        if (test.Options.Has("msg"))
        {
            var expanded = new Preprocessor(site, site, LimitsOf(test)).Expand(test.Wikitext, PageOf(test, site), ExpansionMode.Message);
            return expanded.Unstrip(expanded.Text);
        }

        if (test.Options.Has("preload"))
        {
            return new Preprocessor(site, site, LimitsOf(test)).Expand(test.Wikitext, PageOf(test, site), ExpansionMode.Preload).Text;
        }

        if (test.Options["section"] is { } section)
        {
            var isIncluded = section.StartsWith("T-", StringComparison.Ordinal);
            return int.TryParse(isIncluded ? section[2..] : section, out var number) ? PageSections.Of(test.Wikitext, site, isIncluded).Extract(number) ?? "" : "";
        }

        return test.Options.All("replace") is [var replaced, var text]
            ? PageSections.Of(test.Wikitext, site).Replace(int.Parse(replaced, System.Globalization.CultureInfo.InvariantCulture), text) ?? ""
            : null;
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
            Tags = TestTags.Create(),
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
