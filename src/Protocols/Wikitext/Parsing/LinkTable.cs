using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Parsing;

/// <summary>
/// Links to pages wait here until the whole page is read: their existence is asked for at once, and no later pass looks into their
/// text. A marker shows where each stands.
/// </summary>
internal sealed class LinkTable
{
    private readonly List<Link> _links = [];

    public int Count => _links.Count;

    public IEnumerable<PageTitle> Targets => _links.Where(l => !l.Title.IsExternal).Select(l => l.Title);

    /// <summary>Keeps a link and writes its marker.</summary>
    /// <param name="text">What the link shows, half-parsed.</param>
    public void Add(PageTitle title, string text, TextBuffer output)
    {
        output.Append(StripMarker.Delimiter);
        output.Append('L');
        output.Append(_links.Count);
        output.Append(StripMarker.Delimiter);
        _links.Add(new(title, text));
    }

    /// <summary>Reads a marker at the start of the text.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out Link link, out int length)
    {
        link = default;
        length = 0;
        if (text is not [StripMarker.Delimiter, 'L', ..] || text[2..].IndexOf(StripMarker.Delimiter) is not (> 0 and < 10 and var digits)
            || !int.TryParse(text.Slice(2, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= _links.Count)
        {
            return false;
        }

        link = _links[index];
        length = digits + 3;
        return true;
    }

    /// <summary>A link to a page here or in another wiki.</summary>
    public readonly record struct Link(PageTitle Title, string Text);
}
