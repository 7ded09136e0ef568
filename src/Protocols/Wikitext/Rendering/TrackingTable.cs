using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>
/// Categories the renderer itself puts a page into, so that editors find pages that need care. Names are those of MediaWiki, in English
/// and German; a wiki replaces one by a message of the same key, or drops it by the message "-".
/// </summary>
internal sealed class TrackingTable(IWikiSite site)
{
    public const string BrokenFile = "broken-file-category";
    public const string DoublePixels = "double-px-category";
    public const string Rfc = "magiclink-tracking-rfc";
    public const string Pmid = "magiclink-tracking-pmid";
    public const string Isbn = "magiclink-tracking-isbn";
    public const string ReferenceError = "cite-tracking-category-cite-error";
    public const string DisplayTitleIgnored = "restricted-displaytitle-ignored";
    public const string TooLarge = "rendering-limit-category";

    private static readonly Dictionary<string, (string English, string German)> Names = new()
    {
        [BrokenFile] = ("Pages with broken file links", "Seiten mit defekten Dateilinks"),
        [DoublePixels] = ("Pages with image sizes containing extra px", "Seiten mit überzähligem px in einer Bildgröße"),
        [Rfc] = ("Pages using RFC magic links", "Seiten, die magische RFC-Links verwenden"),
        [Pmid] = ("Pages using PMID magic links", "Seiten, die magische PMID-Links verwenden"),
        [Isbn] = ("Pages using ISBN magic links", "Seiten, die magische ISBN-Links verwenden"),
        [ReferenceError] = ("Pages with reference errors", "Seiten mit Einzelnachweisfehlern"),
        [DisplayTitleIgnored] = ("Pages with ignored display titles", "Seiten mit ignoriertem Anzeigetitel"),
        [TooLarge] = ("Pages too large to be shown in full", "Seiten, die zu groß sind, um vollständig gezeigt zu werden"),
        ["template-loop-category"] = ("Pages with template loops", "Seiten mit Vorlagenschleifen"),
        ["expansion-depth-exceeded-category"] = ("Pages where expansion depth is exceeded", "Seiten, die die Expansionstiefe überschreiten"),
        ["node-count-exceeded-category"] = ("Pages where node count is exceeded", "Seiten, die die Knotenanzahl überschreiten"),
        ["post-expand-template-inclusion-category"] = ("Pages where template include size is exceeded", "Seiten, die die Größe eingebundener Vorlagen überschreiten"),
        ["post-expand-template-argument-category"] = ("Pages containing omitted template arguments", "Seiten mit ausgelassenen Vorlagenparametern"),
        ["expensive-parserfunction-category"] = ("Pages with too many expensive parser function calls", "Seiten mit zu vielen aufwendigen Parserfunktionen"),
        ["expansion-time-exceeded-category"] = ("Pages where expansion time is exceeded", "Seiten, die die Expansionszeit überschreiten"),
        ["duplicate-args-category"] = ("Pages using duplicate arguments in template calls", "Seiten mit doppelten Parametern in Vorlagenaufrufen"),
        ["scribunto-common-error-category"] = ("Pages with script errors", "Seiten mit Skriptfehlern"),
        ["hidden-category-category"] = ("Hidden categories", "Versteckte Kategorien"),
        ["index-category"] = ("Indexed pages", "Indexierte Seiten"),
        ["noindex-category"] = ("Noindexed pages", "Nicht indexierte Seiten"),
    };

    private readonly bool _isGerman = site.Language == "de" || site.Language.StartsWith("de-", StringComparison.Ordinal);
    private readonly List<TrackingCategory> _found = [];
    private readonly HashSet<string> _keys = [];

    public IReadOnlyList<TrackingCategory> Found => _found;

    public void Add(string key)
    {
        if (!_keys.Add(key))
        {
            return;
        }

        var name = site.FindMessage(key, site.Language) ?? (_isGerman ? Names[key].German : Names[key].English);
        if (name != "-" && site.Namespaces[WikiNamespace.Category] is { } space && PageTitle.TryCreate(space, name, site, out var title))
        {
            _found.Add(new(key, title));
        }
    }

    /// <summary>What the expansion of templates has found.</summary>
    public void AddFrom(ExpandedText expanded)
    {
        foreach (var problem in expanded.Problems)
        {
            if (KeyOf(problem.Kind) is { } key)
            {
                Add(key);
            }
        }

        var switches = expanded.Switches;
        if (switches.HasFlag(BehaviourSwitches.HiddenCategory) && expanded.Page.Namespace.Id == WikiNamespace.Category)
        {
            Add("hidden-category-category");
        }

        if (switches.HasFlag(BehaviourSwitches.Index))
        {
            Add("index-category");
        }

        if (switches.HasFlag(BehaviourSwitches.NoIndex))
        {
            Add("noindex-category");
        }
    }

    private static string? KeyOf(ExpansionProblemKind problem) => problem switch
    {
        ExpansionProblemKind.TemplateLoop => "template-loop-category",
        ExpansionProblemKind.TooDeep => "expansion-depth-exceeded-category",
        ExpansionProblemKind.TooManyNodes => "node-count-exceeded-category",
        ExpansionProblemKind.ExpandedTooLong => "post-expand-template-inclusion-category",
        ExpansionProblemKind.ArgumentsTooLong => "post-expand-template-argument-category",
        ExpansionProblemKind.TooManyExpensiveCalls => "expensive-parserfunction-category",
        ExpansionProblemKind.OutOfTime => "expansion-time-exceeded-category",
        ExpansionProblemKind.DuplicateArgument => "duplicate-args-category",
        ExpansionProblemKind.NeedsLua => "scribunto-common-error-category",
        _ => null,
    };
}
