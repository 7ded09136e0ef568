namespace Plenum.Wikitext.Tree;

/// <summary>What HTML's tree construction and the wrapping of bare text need to know about an element.</summary>
[Flags]
internal enum ElementTraits
{
    None = 0,

    /// <summary>HTML's "special" category: an end tag of another element does not close it.</summary>
    Special = 1,

    /// <summary>HTML's list of active formatting elements: reopened after a block closed it.</summary>
    Formatting = 1 << 1,

    /// <summary>Has no content and no end tag.</summary>
    Void = 1 << 2,

    /// <summary>Ends an open paragraph when it starts (div, ul, blockquote ...).</summary>
    ClosesParagraph = 1 << 3,

    /// <summary>Stands inside a paragraph only; directly under body or blockquote it gets one.</summary>
    Inline = 1 << 4,

    /// <summary>Invisible (style, link, meta): neither asks for a paragraph nor ends one.</summary>
    Metadata = 1 << 5,

    /// <summary>An inline element that is cloned when a block splits it.</summary>
    Splittable = 1 << 6,

    /// <summary>Bounds every scope: caption, table, td, th and the root.</summary>
    Scope = 1 << 7,

    /// <summary>Bounds the scope of list items: ol and ul.</summary>
    ListScope = 1 << 8,

    /// <summary>table, tbody, tfoot, thead, tr: text and other elements inside are moved before the table.</summary>
    FosterParent = 1 << 9,

    /// <summary>Its end tag may be implied: dd, dt, li, p, rb, rp, rt, rtc.</summary>
    ImpliedEnd = 1 << 10,

    Heading = 1 << 11,

    /// <summary>Handled by the table modes: caption, col, colgroup, tbody, td, tfoot, th, thead, tr.</summary>
    TablePart = 1 << 12,

    /// <summary>Its content is no markup (style).</summary>
    RawText = 1 << 13,

    /// <summary>Empty ones are marked for the style sheet: li, p, tr.</summary>
    MarkedWhenEmpty = 1 << 14,

    /// <summary>A line feed right after the start tag is dropped: pre.</summary>
    DropsFirstNewline = 1 << 15,
}
