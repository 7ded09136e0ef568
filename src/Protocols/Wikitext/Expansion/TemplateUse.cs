using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>A page another page includes.</summary>
/// <param name="Title">The page.</param>
/// <param name="Exists">False if it is missing (or hidden from the audience).</param>
public readonly record struct TemplateUse(PageTitle Title, bool Exists);
