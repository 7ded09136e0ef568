using System.Buffers;
using System.Runtime.CompilerServices;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Tree;

/// <summary>Turns the text between tags into what a reader sees.</summary>
internal static class TextContent
{
    private const char NoBreakSpace = '\u00A0';

    private static readonly SearchValues<char> Rare = SearchValues.Create("&:;?!%»›«‹");

    /// <summary>
    /// Decodes references and glues French punctuation: a blank before <c>? ! : ; % » ›</c> and after <c>« ‹</c> does not break.
    /// </summary>
    public static string Read(ReadOnlySpan<char> text)
    {
        if (text is "\n")
        {
            return "\n";
        }

        if (text.IndexOfAny(Rare) < 0)
        {
            return text.ToString();
        }

        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var glued = Glue(text, buffer) ? DecodeReferences(buffer.AsSpan(0, text.Length)) : DecodeReferences(text);
        ArrayPool<char>.Shared.Return(buffer);
        return glued;
    }

    public static string DecodeReferences(ReadOnlySpan<char> text)
    {
        var ampersand = text.IndexOf('&');
        if (ampersand < 0)
        {
            return text.ToString();
        }

        var result = new DefaultInterpolatedStringHandler(text.Length, 0);
        while (ampersand >= 0)
        {
            result.AppendFormatted(text[..ampersand]);
            text = text[ampersand..];
            if (TryDecode(text, out var decoded, out var length))
            {
                result.AppendLiteral(decoded);
            }
            else
            {
                result.AppendLiteral("&");
                length = 1;
            }

            text = text[length..];
            ampersand = text.IndexOf('&');
        }

        result.AppendFormatted(text);
        return result.ToStringAndClear();
    }

    /// <summary>The four references wikitext makes itself are read here, all others from HTML's table.</summary>
    private static bool TryDecode(ReadOnlySpan<char> text, out string decoded, out int length)
    {
        (decoded, length) = text switch
        {
            ['&', 'l', 't', ';', ..] => ("<", 4),
            ['&', 'g', 't', ';', ..] => (">", 4),
            ['&', 'a', 'm', 'p', ';', ..] => ("&", 5),
            ['&', 'q', 'u', 'o', 't', ';', ..] => ("\"", 6),
            _ => ("", 0),
        };

        // A number that names no allowed character stays as it was written.
        return length > 0 || (CharacterReferences.TryRead(text, out decoded, out length) && decoded is not "\uFFFD");
    }

    private static bool Glue(ReadOnlySpan<char> text, Span<char> result)
    {
        var changed = false;
        text.CopyTo(result);
        for (var at = text.IndexOf(' '); at >= 0;)
        {
            var before = at == 0 ? '\0' : text[at - 1];
            var glues = before is '«' or '‹' || (at + 1 < text.Length && IsGluedMark(text[at + 1]) && !IsWordAt(text, at + 2));
            if (glues)
            {
                result[at] = NoBreakSpace;
                changed = true;
            }

            var next = text[(at + 1)..].IndexOf(' ');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return changed;
    }

    private static bool IsGluedMark(char c) => c is '?' or ':' or ';' or '!' or '%' or '»' or '›';

    private static bool IsWordAt(ReadOnlySpan<char> text, int at) => at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
