using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>
/// A page after stage one: templates, arguments and parser functions are gone, tags and headings are markers. Stays connected to
/// its expansion, so that the contents of tags are expanded under the same limits: <see cref="Expand(StrippedTag)"/> lets
/// <see cref="Stripped"/>, <see cref="Templates"/> and all the rest grow. For one thread.
/// </summary>
public sealed class ExpandedText
{
    private readonly Expander _expander;

    internal ExpandedText(Expander expander, string text)
    {
        _expander = expander;
        Text = text;
    }

    /// <summary>The page that was expanded.</summary>
    public PageTitle Page => _expander.Page;

    /// <summary>Wikitext with markers (see <see cref="StripMarker"/>).</summary>
    public string Text { get; }

    /// <summary>What the markers stand for, by index.</summary>
    public IReadOnlyList<Stripped> Stripped => _expander.Strips.All;

    /// <summary>Every page that was included or asked for inclusion, redirects in between too: the "templates used" index.</summary>
    public IReadOnlyCollection<TemplateUse> Templates => _expander.Collected.Templates;

    /// <summary>Titles whose existence or size the text depends on (#ifexist, PAGESIZE): rendered anew when one appears or goes.</summary>
    public IReadOnlyCollection<PageTitle> AskedPages => _expander.Collected.AskedPages;

    /// <summary>Behaviour switches found so far.</summary>
    public BehaviourSwitches Switches => _expander.Collected.Switches;

    /// <summary>Wikitext given to DISPLAYTITLE; null if it was not used. Stage two checks that it only decorates the title.</summary>
    public string? DisplayTitle => _expander.Collected.DisplayTitle ?? _expander.Collected.OtherDisplayTitle;

    /// <summary>Sort key given to DEFAULTSORT; null if it was not used.</summary>
    public string? DefaultSort => _expander.Collected.DefaultSort;

    /// <summary>What went wrong, each kind once per page concerned, in order; the matching tracking categories and editor notices come from it.</summary>
    public IReadOnlyList<ExpansionProblem> Problems => _expander.Collected.Problems;

    /// <summary>True if the text depends on the moment (CURRENTTIME, #time without a date): cache it shortly.</summary>
    public bool DependsOnTime => _expander.Collected.DependsOnTime;

    /// <summary>True if the text depends on counts of the wiki (NUMBEROFPAGES, PAGESINCATEGORY).</summary>
    public bool DependsOnStatistics => _expander.Collected.DependsOnStatistics;

    /// <summary>What the expansion has cost up to now.</summary>
    public LimitReport Limits => _expander.Budget.Report();

    /// <summary>
    /// Expands the content of a tag where the tag stood, template arguments included (poem, gallery, indicator; MediaWiki's Cite
    /// expands without arguments: see <see cref="Expand(string)"/>). New markers are appended to <see cref="Stripped"/>.
    /// </summary>
    public string Expand(StrippedTag tag) => _expander.ExpandInner(tag.Content ?? "", tag.Frame);

    /// <summary>Expands more wikitext of the same page, outside of any template.</summary>
    public string Expand(string wikitext) => _expander.ExpandInner(wikitext, frame: null);

    /// <summary>Puts the source of tags back in place of their markers, headings' markers vanish.</summary>
    public string Unstrip(string text) => _expander.Strips.Unstrip(text);
}
