namespace Plenum.Wikitext.Rendering;

/// <summary>Words with a number that become links.</summary>
[Flags]
public enum MagicLinkKinds
{
    None = 0,

    /// <summary><c>ISBN 978-3-16-148410-0</c> leads to Special:BookSources.</summary>
    Isbn = 1,

    /// <summary><c>RFC 9110</c></summary>
    Rfc = 2,

    /// <summary><c>PMID 1234</c></summary>
    Pmid = 4,

    All = Isbn | Rfc | Pmid,
}
