namespace Plenum.Wikitext.Tree;

/// <summary>Notes of <see cref="ParagraphWrapping"/> on one element.</summary>
internal sealed class WrapState
{
    /// <summary>Body or blockquote: bare text and inline elements get a paragraph.</summary>
    public bool NeedsWrapping { get; init; }

    /// <summary>This element is such a paragraph.</summary>
    public bool IsWrapper { get; init; }

    /// <summary>May be cloned when a block splits it.</summary>
    public bool IsSplittable { get; set; }

    /// <summary>The body or blockquote whose text is wrapped.</summary>
    public HtmlElement? WrapBase { get; set; }

    /// <summary>The wrapping paragraph this element is in; null outside.</summary>
    public HtmlElement? Wrapper { get; set; }

    /// <summary>The wrapping paragraph that is open under this element.</summary>
    public HtmlElement? OpenWrapper { get; set; }

    /// <summary>The clone that goes on where this element was split.</summary>
    public HtmlElement? Clone { get; set; }

    /// <summary>Children that are more than white space.</summary>
    public int VisibleChildren { get; set; }
}
