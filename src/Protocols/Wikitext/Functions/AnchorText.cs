using System.Text;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>The fragment of an address that leads to a heading.</summary>
internal static class AnchorText
{
    /// <summary>What a heading's wikitext becomes: links show their text, quotes and tags go.</summary>
    public static string Encode(string wikitext)
    {
        var text = WithoutTags(QuotesAsTags(WithoutLinks(wikitext)));
        return EscapeAttribute(FromFragment(Squeeze(CharacterReferences.Decode(text))));
    }

    /// <summary>A fragment as browsers find it.</summary>
    public static string FromFragment(string fragment) => SectionId.EncodeForLink(fragment, AnchorStyle.Html5);

    /// <summary><c>[[target|text]]</c> and <c>[address text]</c> leave their texts.</summary>
    private static string WithoutLinks(string text)
    {
        if (!text.Contains('['))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('[', at);
            if (open < 0)
            {
                break;
            }

            result.Append(text, at, open - at);
            at = open;
            var isInternal = text.AsSpan(open).StartsWith("[[");
            var start = open + (isInternal ? 2 : 1);
            var end = FindEnd(text, start, isInternal);
            if (end < 0)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append(isInternal ? InternalText(text[start..end]) : ExternalText(text[start..end], text[open..(end + 1)]));
            at = end + (isInternal ? 2 : 1);
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static int FindEnd(string text, int start, bool isInternal)
    {
        var next = text.AsSpan(start).IndexOfAny('[', ']');
        if (next < 0 || text[start + next] == '[' || next == 0)
        {
            return -1;
        }

        return !isInternal || text.AsSpan(start + next).StartsWith("]]") ? start + next : -1;
    }

    private static string InternalText(string inner)
    {
        inner = inner.StartsWith(':') ? inner[1..] : inner;
        var bar = inner.IndexOf('|');
        return bar < 0 || bar == inner.Length - 1 ? inner.TrimEnd('|') : inner[(bar + 1)..];
    }

    private static string ExternalText(string inner, string whole)
    {
        var blank = inner.IndexOf(' ');
        return blank > 0 && (inner.Contains("://", StringComparison.Ordinal) || inner.StartsWith("//", StringComparison.Ordinal) || inner.StartsWith("mailto:", StringComparison.Ordinal))
            ? inner[(blank + 1)..]
            : whole;
    }

    /// <summary>Apostrophes become tags, which go next.</summary>
    private static string QuotesAsTags(string text)
    {
        if (!text.Contains("''", StringComparison.Ordinal))
        {
            return text;
        }

        using var written = new TextBuffer(text.Length + 64);
        new Quotes().RunLine(text, written);
        return written.ToString();
    }

    private static string WithoutTags(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('<', at);
            var close = open < 0 ? -1 : text.IndexOf('>', open);
            if (close < 0)
            {
                return result.Append(text, at, text.Length - at).ToString();
            }

            result.Append(text, at, open - at);
            at = close + 1;
        }

        return result.ToString();
    }

    private static string Squeeze(string text)
        => string.Join(' ', text.Split([' ', '_', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As text that may stand in an attribute and starts nothing in wikitext.</summary>
    private static string EscapeAttribute(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var reference = c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '{' => "&#123;",
                '}' => "&#125;",
                '[' => "&#91;",
                ']' => "&#93;",
                '|' => "&#124;",
                '\'' => "&#039;",
                ':' when WikiEscape.IsScheme(text, i) => "&#58;",
                'I' when StartsWord(text, i, "ISBN") => "&#73;",
                'R' when StartsWord(text, i, "RFC") => "&#82;",
                'P' when StartsWord(text, i, "PMID") => "&#80;",
                _ => null,
            };
            if (reference is null)
            {
                result.Append(c);
            }
            else
            {
                result.Append(reference);
            }
        }

        return result.ToString();
    }

    private static bool StartsWord(string text, int at, string word) => text.AsSpan(at).StartsWith(word);
}
