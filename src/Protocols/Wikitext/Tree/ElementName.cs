using System.Collections.Frozen;

namespace Plenum.Wikitext.Tree;

/// <summary>An element's name; known names exist once, so comparing them is comparing references.</summary>
internal sealed class ElementName
{
    private static readonly FrozenDictionary<string, ElementName> Known = Table();
    private static readonly FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> Lookup
        = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private ElementName(string text, ElementTraits traits)
    {
        Text = text;
        Traits = traits;
    }

    public string Text { get; }

    public ElementTraits Traits { get; }

    public static ElementName Root { get; } = new("#root", ElementTraits.Scope | ElementTraits.Special);

    /// <summary>A paragraph that wraps text which stood bare under body or blockquote; without content it is not written.</summary>
    public static ElementName ParagraphWrap { get; } = new("#p", ElementTraits.None);

    public static ElementName A { get; } = Known["a"];

    public static ElementName Blockquote { get; } = Known["blockquote"];

    public static ElementName Br { get; } = Known["br"];

    public static ElementName Caption { get; } = Known["caption"];

    public static ElementName Dd { get; } = Known["dd"];

    public static ElementName Div { get; } = Known["div"];

    public static ElementName Dt { get; } = Known["dt"];

    public static ElementName Figure { get; } = Known["figure"];

    public static ElementName H2 { get; } = Known["h2"];

    public static ElementName Li { get; } = Known["li"];

    public static ElementName Meta { get; } = Known["meta"];

    public static ElementName P { get; } = Known["p"];

    public static ElementName Ruby { get; } = Known["ruby"];

    public static ElementName Rtc { get; } = Known["rtc"];

    public static ElementName Span { get; } = Known["span"];

    public static ElementName TableElement { get; } = Known["table"];

    public static ElementName Tbody { get; } = Known["tbody"];

    public static ElementName Td { get; } = Known["td"];

    public static ElementName Th { get; } = Known["th"];

    public static ElementName Tr { get; } = Known["tr"];

    public static ElementName Ul { get; } = Known["ul"];

    public bool Is(ElementTraits trait) => (Traits & trait) != 0;

    /// <summary>The name of a lower-case tag.</summary>
    public static ElementName Of(ReadOnlySpan<char> lowerCase)
        => Lookup.TryGetValue(lowerCase, out var known) ? known : new(lowerCase.ToString(), ElementTraits.None);

    public override string ToString() => Text;

    private static FrozenDictionary<string, ElementName> Table()
    {
        var traits = new Dictionary<string, ElementTraits>();
        Add(ElementTraits.Special,
            "address article aside blockquote body br caption center col colgroup dd details dir div dl dt embed fieldset figcaption figure footer "
            + "form h1 h2 h3 h4 h5 h6 header hr img input li link main menu meta nav ol p pre section source style summary table tbody td "
            + "tfoot th thead track tr ul wbr");
        Add(ElementTraits.Formatting, "a b big code em font i nobr s small strike strong tt u");
        Add(ElementTraits.Splittable, "a b big code em font i nobr s small strike strong tt u");
        Add(ElementTraits.Void, "br col embed hr img input link meta source track wbr");
        Add(ElementTraits.ClosesParagraph,
            "address article aside blockquote center details dir div dl fieldset figcaption figure footer header h1 h2 h3 h4 h5 h6 hr main menu nav ol "
            + "p pre section summary table ul li dd dt");
        Add(ElementTraits.Inline,
            "a abbr audio b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark q rb rp rt rtc ruby s samp small source "
            + "span strike strong sub sup time track tt u var video");
        Add(ElementTraits.Metadata, "style link meta");
        Add(ElementTraits.Scope, "caption table td th");
        Add(ElementTraits.ListScope, "ol ul");
        Add(ElementTraits.FosterParent, "table tbody tfoot thead tr");
        Add(ElementTraits.ImpliedEnd, "dd dt li p rb rp rt rtc");
        Add(ElementTraits.Heading, "h1 h2 h3 h4 h5 h6");
        Add(ElementTraits.TablePart, "caption col colgroup tbody td tfoot th thead tr");
        Add(ElementTraits.RawText, "style");
        Add(ElementTraits.MarkedWhenEmpty, "li p tr");
        Add(ElementTraits.DropsFirstNewline, "pre");
        return traits.ToFrozenDictionary(pair => pair.Key, pair => new ElementName(pair.Key, pair.Value));

        void Add(ElementTraits trait, string names)
        {
            foreach (var name in names.Split(' '))
            {
                traits[name] = traits.GetValueOrDefault(name) | trait;
            }
        }
    }
}
