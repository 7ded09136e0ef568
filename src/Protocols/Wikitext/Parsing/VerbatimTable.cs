using System.Globalization;
using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Parsing;

/// <summary>Finished HTML that no pass may touch; a marker shows where each piece stands.</summary>
internal sealed class VerbatimTable
{
    private readonly List<string> _pieces = [];

    /// <summary>Keeps a piece and gives its marker.</summary>
    public string Add(string html)
    {
        _pieces.Add(html);
        return string.Create(CultureInfo.InvariantCulture, $"{StripMarker.Delimiter}V{_pieces.Count - 1}{StripMarker.Delimiter}");
    }

    /// <summary>Reads a marker at the start of the text.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out string html, out int length)
    {
        html = "";
        length = 0;
        if (text is not [StripMarker.Delimiter, 'V', ..] || text[2..].IndexOf(StripMarker.Delimiter) is not (> 0 and < 10 and var digits)
            || !int.TryParse(text.Slice(2, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= _pieces.Count)
        {
            return false;
        }

        html = _pieces[index];
        length = digits + 3;
        return true;
    }
}
