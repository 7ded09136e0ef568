namespace Plenum.Wikitext.Expansion;

/// <summary>Words between double underscores that change how a page is treated.</summary>
[Flags]
public enum BehaviourSwitches
{
    None = 0,

    /// <summary>__NOTOC__: no table of contents unless __TOC__ or __FORCETOC__ asks for one.</summary>
    NoContents = 1,

    /// <summary>__FORCETOC__: a table of contents before the first heading, however few there are.</summary>
    ForceContents = 2,

    /// <summary>__TOC__: a table of contents at that place.</summary>
    Contents = 4,

    /// <summary>__NOEDITSECTION__: no edit links at headings.</summary>
    NoSectionEdit = 8,

    /// <summary>__NOGALLERY__: a category page lists its files by name.</summary>
    NoGallery = 16,

    /// <summary>__NEWSECTIONLINK__: offer "add a section" on a page that is no talk page.</summary>
    NewSectionLink = 32,

    /// <summary>__NONEWSECTIONLINK__: do not offer it on a talk page.</summary>
    NoNewSectionLink = 64,

    /// <summary>__HIDDENCAT__: the category is not shown on its members.</summary>
    HiddenCategory = 128,

    /// <summary>__INDEX__: search engines may list the page.</summary>
    Index = 256,

    /// <summary>__NOINDEX__: they must not.</summary>
    NoIndex = 512,

    /// <summary>__STATICREDIRECT__: a move must not change this redirect.</summary>
    StaticRedirect = 1024,

    /// <summary>__EXPECTUNUSEDCATEGORY__: an empty category is on purpose.</summary>
    ExpectUnusedCategory = 2048,

    /// <summary>__NOTITLECONVERT__: no language conversion of the title.</summary>
    NoTitleConvert = 4096,

    /// <summary>__NOCONTENTCONVERT__: no language conversion of the text.</summary>
    NoContentConvert = 8192,
}
