using System.Text;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Reading;

/// <summary>Makes one line of plain text of HTML.</summary>
internal static class TagStripper
{
    /// <summary>Drops tags, decodes references, squeezes white space. Blocks part words.</summary>
    public static string Strip(ReadOnlySpan<char> html)
    {
        var result = new StringBuilder(html.Length);
        var scanner = new TagScanner(html);
        while (scanner.TryRead())
        {
            if (scanner.Kind == TagKind.Text)
            {
                result.Append(TextContent.DecodeReferences(scanner.Text));
            }
            else if (scanner.Name.Is(ElementTraits.ClosesParagraph | ElementTraits.TablePart) || scanner.Name == ElementName.Br)
            {
                result.Append(' ');
            }
        }

        return Squeeze(result);
    }

    private static string Squeeze(StringBuilder text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var chunk in text.GetChunks())
        {
            foreach (var c in chunk.Span)
            {
                if (c is not (' ' or '\r' or '\n' or '\t'))
                {
                    result.Append(c);
                }
                else if (result.Length > 0 && result[^1] != ' ')
                {
                    result.Append(' ');
                }
            }
        }

        if (result.Length > 0 && result[^1] == ' ')
        {
            result.Length--;
        }

        return result.ToString();
    }
}
