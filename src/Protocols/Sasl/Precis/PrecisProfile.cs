using System.Text;

namespace Plenum.Protocols.Sasl.Precis;

/// <summary>Preparing and enforcing user names and passwords (RFC 8265). Never throws; output is what is stored and compared ordinally.</summary>
public static class PrecisProfile
{
    /// <summary>Longest accepted input in UTF-16 units: normalising a megabyte of combining marks is quadratic work for the attacked side.</summary>
    public const int MaxInputLength = 4096;

    /// <summary>Passwords, resource parts, nicknames with spaces: case kept, odd spaces become U+0020, NFC (RFC 8265 §4.2).</summary>
    /// <returns>False if the text is empty, too long, or holds a code point outside the FreeformClass.</returns>
    public static bool TryOpaqueString(string text, out string prepared)
    {
        prepared = text;
        if (text.Length is 0 or > MaxInputLength)
        {
            return false;
        }

        if (Ascii.IsValid(text))
        {
            return text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
        }

        if (!PrecisClass.IsFreeform(text))
        {
            return false;
        }

        prepared = MapSpaces(text).Normalize(NormalizationForm.FormC);
        return prepared.Length > 0 && PrecisClass.IsFreeform(prepared);
    }

    /// <summary>User names and local parts: width mapped, lower case, NFC, bidi rule (RFC 8265 §3.3).</summary>
    /// <returns>False if the text is empty, too long, breaks the bidi rule or holds a code point outside the IdentifierClass.</returns>
    public static bool TryUsernameCaseMapped(string text, out string prepared) => TryUsername(text, mapCase: true, out prepared);

    /// <summary>As <see cref="TryUsernameCaseMapped"/>, letters kept as they are (RFC 8265 §3.4).</summary>
    public static bool TryUsernameCasePreserved(string text, out string prepared) => TryUsername(text, mapCase: false, out prepared);

    private static bool TryUsername(string text, bool mapCase, out string prepared)
    {
        prepared = text;
        if (text.Length is 0 or > MaxInputLength)
        {
            return false;
        }

        if (Ascii.IsValid(text))
        {
            prepared = mapCase && text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0 ? text.ToLowerInvariant() : text;
            return prepared.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
        }

        if (!HasOnlyCharacters(text))
        {
            return false;
        }

        var mapped = MapWidth(text);
        mapped = mapCase ? mapped.ToLowerInvariant() : mapped;
        prepared = mapped.Normalize(NormalizationForm.FormC);
        return prepared.Length > 0 && PrecisClass.IsIdentifier(prepared) && BidiRule.Allows(prepared);
    }

    // Normalize throws on lone surrogates and noncharacters: look before.
    internal static bool HasOnlyCharacters(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    // RFC 8265 §4.2.2: every Zs except U+0020 becomes U+0020.
    private static string MapSpaces(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = char.GetUnicodeCategory(from[i]) is System.Globalization.UnicodeCategory.SpaceSeparator ? ' ' : from[i];
        }
    });

    // RFC 8265 §3.3.2 rule 1: code points whose decomposition is <wide> or <narrow> are U+3000 and the block U+FF01-U+FFEE, no others.
    private static string MapWidth(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uFF01', '\uFFEE') < 0 && !text.Contains('\u3000'))
        {
            return text;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            mapped.Append(c is '\u3000' or (>= '\uFF01' and <= '\uFFEE')
                ? c.ToString().Normalize(NormalizationForm.FormKD)
                : c.ToString());
        }

        return mapped.ToString();
    }
}
