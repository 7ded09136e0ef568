using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Something taken out of the text; its marker shows where it stood.</summary>
public abstract record Stripped
{
    /// <summary>Position in <see cref="ExpandedText.Stripped"/>, the number inside the marker.</summary>
    public int Index { get; init; }

    /// <summary>What stood there, as it was written.</summary>
    public string Source { get; init; } = "";

    public string Marker => StripMarker.Write(Index);
}

/// <summary>An extension tag: nowiki, pre, ref, gallery ...</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Attributes">In their order, names lower case, values decoded; a name written twice appears once with its last value.</param>
/// <param name="Content">What stood between the tags, unexpanded (after #tag: expanded, with markers); null for an empty-element tag.</param>
public sealed record StrippedTag(string Name, IReadOnlyList<KeyValuePair<string, string>> Attributes, string? Content) : Stripped
{
    /// <summary>Where it stood: template arguments its content may use.</summary>
    internal ExpansionFrame? Frame { get; init; }

    /// <summary>Value of an attribute, or null.</summary>
    public string? this[string attribute]
    {
        get
        {
            foreach (var (name, value) in Attributes)
            {
                if (name == attribute)
                {
                    return value;
                }
            }

            return null;
        }
    }
}

/// <summary>
/// Stands right after the opening equals signs of a heading that was written as one line of a page's own text (not put together
/// from pieces): <c>== marker Title ==</c>. Stage two makes an edit link from it if the line really is a heading.
/// </summary>
/// <param name="Page">The page whose text holds the heading: the rendered page itself or a template.</param>
/// <param name="Section">Number of the section in that page's text, from 1, as section edit counts.</param>
/// <param name="Level">1 to 6.</param>
/// <param name="IsFromTemplate">True if the heading is another page's.</param>
public sealed record StrippedHeading(PageTitle Page, int Section, int Level, bool IsFromTemplate) : Stripped;

/// <summary>The first <c>__TOC__</c>: the table of contents goes here.</summary>
public sealed record StrippedContents : Stripped;

/// <summary>Text that must not be touched before the page is saved: a comment.</summary>
internal sealed record StrippedSource : Stripped;
