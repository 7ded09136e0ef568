using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>Character data and attribute values: references in, escapes out.</summary>
internal static class XmlText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("&<>'\"\t\n\r"u8);

    /// <summary>Reads one reference at the start of <paramref name="text"/> ("&amp;…;"). Only the five entities of XML and character references exist here.</summary>
    /// <param name="length">Octets of the reference.</param>
    private static bool TryReference(ReadOnlySpan<byte> text, out int value, out int length)
    {
        const int MaxReference = 12; // "&#x0010FFFF;": leading zeros beyond that are somebody's joke.
        value = 0;
        length = text[..Math.Min(text.Length, MaxReference)].IndexOf((byte)';') + 1;
        if (length < 3)
        {
            return false;
        }

        var body = text[1..(length - 1)];
        value = body switch
        {
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            [(byte)'#', (byte)'x', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => code,
            [(byte)'#', .. var dec] when int.TryParse(dec, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => code,
            _ => -1,
        };
        return XmlCharacters.IsXml(value);
    }

    /// <summary>True if every reference in the octets is one this parser knows.</summary>
    public static bool HasOnlyKnownReferences(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'&'); at >= 0; at = text.IndexOf((byte)'&'))
        {
            if (!TryReference(text[at..], out _, out var length))
            {
                return false;
            }

            text = text[(at + length)..];
        }

        return true;
    }

    /// <summary>Decodes checked octets, references replaced; white space of attribute values becomes blanks (XML 1.0 §3.3.3).</summary>
    public static string Decode(ReadOnlySpan<byte> octets, bool attribute = false)
    {
        if (!octets.ContainsAny("&\r"u8) && !(attribute && octets.ContainsAny("\t\n"u8)))
        {
            return Encoding.UTF8.GetString(octets);
        }

        var text = new StringBuilder(octets.Length);
        while (!octets.IsEmpty)
        {
            var at = octets.IndexOf((byte)'&');
            var plain = Encoding.UTF8.GetString(at < 0 ? octets : octets[..at]).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            text.Append(attribute ? plain.Replace('\n', ' ').Replace('\t', ' ') : plain);
            if (at < 0)
            {
                break;
            }

            if (TryReference(octets[at..], out var value, out var length))
            {
                text.Append(new Rune(value).ToString());
            }

            octets = octets[(at + Math.Max(length, 1))..];
        }

        return text.ToString();
    }

    /// <summary>Writes text so that it is right in content and in attributes; characters XML cannot carry become U+FFFD.</summary>
    public static void Escape(string text, IBufferWriter<byte> output)
    {
        var octets = Encoding.UTF8.GetBytes(text).AsSpan();
        if (!XmlCharacters.AreXml(octets))
        {
            octets = Encoding.UTF8.GetBytes(string.Concat(text.EnumerateRunes().Select(r => XmlCharacters.IsXml(r.Value) ? r.ToString() : "\uFFFD")));
        }

        Escape((ReadOnlySpan<byte>)octets, output);
    }

    public static void Escape(ReadOnlySpan<byte> octets, IBufferWriter<byte> output)
    {
        while (!octets.IsEmpty)
        {
            var at = octets.IndexOfAny(Special);
            output.Write(at < 0 ? octets : octets[..at]);
            if (at < 0)
            {
                return;
            }

            output.Write(octets[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'\'' => "&apos;"u8,
                (byte)'"' => "&quot;"u8,
                (byte)'\t' => "&#9;"u8,
                (byte)'\n' => "&#10;"u8,
                _ => "&#13;"u8,
            });
            octets = octets[(at + 1)..];
        }
    }
}
