namespace Plenum.Wikitext.Site;

/// <summary>Members of a category.</summary>
/// <param name="Pages">Pages that are neither files nor categories.</param>
/// <param name="Subcategories">Categories in it.</param>
/// <param name="Files">Files in it.</param>
public readonly record struct CategorySize(long Pages, long Subcategories, long Files)
{
    public long All => Pages + Subcategories + Files;
}
