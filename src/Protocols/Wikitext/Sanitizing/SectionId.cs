using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>Ids of headings and of elements authors name.</summary>
internal static class SectionId
{
    /// <summary>Longer ids are cut.</summary>
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> Blanks = SearchValues.Create("\t\n\f\r ");
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    /// <summary>The id attribute for a text.</summary>
    public static string Encode(string text, AnchorStyle style)
    {
        if (text.Length > MaxLength)
        {
            text = text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        }

        return style == AnchorStyle.Html5
            ? text.AsSpan().IndexOfAny(Blanks) < 0 ? text : string.Create(text.Length, text, static (to, from) => from.AsSpan().ReplaceAny(to, Blanks, '_'))
            : Legacy(text);
    }

    /// <summary>What follows "#" in an address that leads to <see cref="Encode"/>'s id.</summary>
    public static string EncodeForLink(string text, AnchorStyle style)
    {
        var id = Encode(text, style);
        if (style == AnchorStyle.Legacy || !id.Contains('%'))
        {
            return id;
        }

        // An escape in the id would be decoded by the browser.
        var result = new StringBuilder(id.Length + 8);
        for (var i = 0; i < id.Length; i++)
        {
            result.Append(id[i]);
            if (id[i] == '%' && i + 2 < id.Length && char.IsAsciiHexDigit(id[i + 1]) && char.IsAsciiHexDigit(id[i + 2]))
            {
                result.Append("25");
            }
        }

        return result.ToString();
    }

    /// <summary>What a heading's text names, as links to it would: blanks of all kinds squeezed, marks of direction dropped, NFC.</summary>
    public static string Normalise(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0 && !text.Contains('_'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text.Trim(' ', '_', '\t', '\n', '\r', '\0', '\v'))
        {
            if (c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E'))
            {
                continue;
            }

            if (c != '_' && c != ' ' && !ExternalUrl.IsSpace(c))
            {
                result.Append(c);
            }
            else if (result.Length == 0 || result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        var plain = result.ToString().TrimEnd(' ');
        return Ascii.IsValid(plain) || IsRefusedByNormalize(plain) ? plain : plain.Normalize();
    }

    // Lone surrogates, and that noncharacter.
    private static bool IsRefusedByNormalize(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value == 0xFFFE)
            {
                return true;
            }
        }

        return false;
    }

    private static string Legacy(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length * 2);
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == ' ')
            {
                result.Append('_');
            }
            else if (rune.IsBmp && Plain.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
            }
            else
            {
                foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                {
                    result.Append('.').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
                }
            }
        }

        return result.ToString();
    }
}
