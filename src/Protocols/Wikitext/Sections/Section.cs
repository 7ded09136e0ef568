namespace Plenum.Wikitext.Sections;

/// <summary>A heading of a page and what belongs to it.</summary>
/// <param name="Number">0 is the text before the first heading; the others are counted from 1, as edit links count.</param>
/// <param name="Level">1 to 6; 0 for section 0.</param>
/// <param name="Start">Place of the heading in the page's text.</param>
/// <param name="End">Place where the next heading of any level starts.</param>
/// <param name="Heading">The heading's line as written; empty for section 0.</param>
public sealed record Section(int Number, int Level, int Start, int End, string Heading)
{
    /// <summary>The heading without its equals signs.</summary>
    public string Title => Level == 0 ? "" : Heading.AsSpan().TrimEnd() is var line && line.Length >= 2 * Level ? line[Level..^Level].Trim().ToString() : "";
}
