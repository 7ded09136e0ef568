using System.Globalization;
using System.Text;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>Checks the style attribute authors write: no addresses, no expressions, no tricks with escapes or comments.</summary>
internal static class InlineStyle
{
    private const string ControlCharacter = "/* invalid control char */";
    private const string Insecure = "/* insecure input */";

    /// <summary>What may not be followed by a bracket or a colon (blanks between allowed).</summary>
    private static readonly (string Word, char After)[] Forbidden =
    [
        ("expression", '\0'), ("accelerator", ':'), ("-o-link", ':'), ("-o-link-source", ':'), ("-o-replace", ':'),
        ("url", '('), ("src", '('), ("image", '('), ("image-set", '('),
    ];

    /// <summary>The style with references, escapes and comments resolved, or a comment that says what is wrong with it.</summary>
    public static string Clean(string style)
    {
        var plain = RemoveComments(DecodeEscapes(CharacterReferences.Decode(style)));
        foreach (var c in plain)
        {
            if (c is '\uFFFD' or '\u007F' or (< ' ' and not ('\t' or '\n' or '\f' or '\r')))
            {
                return ControlCharacter;
            }
        }

        return Array.Exists(Forbidden, f => Holds(plain, f.Word, f.After)) || HasAttributeUrl(plain) ? Insecure : plain;
    }

    private static bool Holds(string style, string word, char after)
    {
        for (var at = style.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = style.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (after == '\0' || style.AsSpan(at + word.Length).TrimStart() is [var next, ..] && next == after)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>attr(name url)</c> would fetch an address from another attribute.</summary>
    private static bool HasAttributeUrl(string style)
    {
        for (var at = style.IndexOf("attr", StringComparison.OrdinalIgnoreCase); at >= 0; at = style.IndexOf("attr", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var rest = style.AsSpan(at + 4).TrimStart();
            if (rest is ['(', ..])
            {
                var close = rest.IndexOf(')');
                if ((close < 0 ? rest : rest[..close]).Contains("url", StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>CSS escapes (CSS 2.1 §4.1.3) become what they stand for; quotes, line feeds and backslashes stay escaped.</summary>
    private static string DecodeEscapes(string style)
    {
        if (!style.Contains('\\'))
        {
            return style;
        }

        var result = new StringBuilder(style.Length);
        for (var i = 0; i < style.Length; i++)
        {
            if (style[i] != '\\')
            {
                result.Append(style[i]);
                continue;
            }

            if (++i >= style.Length)
            {
                AppendDecoded('\\', result);
                break;
            }

            if (style[i] is '\n' or '\r' or '\f')
            {
                i += style[i] == '\r' && i + 1 < style.Length && style[i + 1] == '\n' ? 1 : 0;
                continue;
            }

            var digits = 0;
            while (digits < 6 && i + digits < style.Length && char.IsAsciiHexDigit(style[i + digits]))
            {
                digits++;
            }

            if (digits == 0)
            {
                AppendDecoded(style[i], result);
                continue;
            }

            var code = int.Parse(style.AsSpan(i, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            i += digits - 1;
            i += i + 1 < style.Length && style[i + 1] is ' ' or '\t' or '\r' or '\n' or '\f' ? 1 : 0;
            AppendDecoded(Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar, result);
        }

        return result.ToString();
    }

    private static void AppendDecoded(char c, StringBuilder result) => AppendDecoded(char.IsSurrogate(c) ? Rune.ReplacementChar : new Rune(c), result);

    private static void AppendDecoded(Rune rune, StringBuilder result)
    {
        if (rune.Value is '\n' or '"' or '\'' or '\\')
        {
            result.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
        }
        else
        {
            result.Append(rune.ToString());
        }
    }

    private static string RemoveComments(string style)
    {
        if (!style.Contains("/*", StringComparison.Ordinal) || IsSingleComment(style))
        {
            return style;
        }

        var result = new StringBuilder(style.Length);
        var at = 0;
        while (style.IndexOf("/*", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            result.Append(style, at, start - at);
            var end = style.IndexOf("*/", start + 2, StringComparison.Ordinal);
            if (end < 0)
            {
                return result.ToString();
            }

            result.Append(' ');
            at = end + 2;
        }

        return result.Append(style, at, style.Length - at).ToString();
    }

    private static bool IsSingleComment(string style)
    {
        var trimmed = style.AsSpan().Trim();
        return trimmed.StartsWith("/*") && trimmed.EndsWith("*/") && trimmed.Length >= 4 && trimmed[2..^2].IndexOfAny("*/") < 0;
    }
}
