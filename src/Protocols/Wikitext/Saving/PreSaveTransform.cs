using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Saving;

/// <summary>
/// What happens to a page's text once, when it is saved: <c>{{subst:}}</c>, signatures (<c>~~~~</c>), short forms of links
/// (<c>[[Name (context)|]]</c>). What stands in nowiki, other extension tags and comments is left alone.
/// </summary>
/// <param name="site">Facts of the wiki.</param>
/// <param name="templates">Text of substituted pages.</param>
/// <param name="limits">What the substitution may cost; null takes the defaults.</param>
public sealed class PreSaveTransform(IWikiSite site, ITemplateSource templates, WikitextLimits? limits = null)
{
    /// <summary>Makes a text ready to be stored. Doing it twice changes nothing more, unless a substituted template brought new tildes or calls.</summary>
    /// <param name="wikitext">As the person wrote it.</param>
    /// <param name="page">Where it is saved: names relative to it, and the context of <c>[[|Name]]</c>.</param>
    public SavedText Transform(string wikitext, PageTitle page, Signer signer)
    {
        var expander = new Expander(site, templates, limits ?? WikitextLimits.Default, page, ExpansionMode.PreSave);
        var text = expander.ExpandKeepingMarkers(wikitext.TrimEnd());
        var isSigned = text.Contains("~~~", StringComparison.Ordinal);
        if (isSigned)
        {
            text = new SignatureWriter(expander, signer).Sign(text);
        }

        text = PipeTrick.Complete(text, page.Text);
        return new(expander.Strips.Unstrip(text).TrimEnd(), isSigned, expander.Collected.Problems);
    }
}
