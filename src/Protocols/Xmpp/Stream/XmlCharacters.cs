using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>Which octets and characters XML 1.0 allows.</summary>
public static class XmlCharacters
{
    private static readonly SearchValues<byte> ForbiddenControls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0B, 0x0C, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F]);

    private static readonly SearchValues<byte> AsciiNameCharacters
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    /// <summary>True if the octets are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> octets) => Utf8.IsValid(octets);

    /// <summary>True if the octets are UTF-8 and every character is an XML Char (XML 1.0 §2.2): no control, no U+FFFE or U+FFFF.</summary>
    public static bool AreXml(ReadOnlySpan<byte> octets)
        => Utf8.IsValid(octets) && !octets.ContainsAny(ForbiddenControls) && octets.IndexOf("\uFFFE"u8) < 0 && octets.IndexOf("\uFFFF"u8) < 0;

    /// <summary>True for a code point a character reference may name.</summary>
    public static bool IsXml(int value)
        => value is 9 or 10 or 13 or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    /// <summary>True if valid UTF-8 octets are an NCName (Namespaces in XML §3).</summary>
    public static bool IsNcName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')
        {
            return false;
        }

        if (name.IndexOfAnyExcept(AsciiNameCharacters) < 0)
        {
            return true;
        }

        for (var first = true; !name.IsEmpty; first = false)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) is not OperationStatus.Done || !IsNameRune(rune.Value, first))
            {
                return false;
            }

            name = name[length..];
        }

        return true;
    }

    private static bool IsNameRune(int value, bool first) => value < 0x80
        ? AsciiNameCharacters.Contains((byte)value)
        : value is (>= 0xC0 and <= 0xD6) or (>= 0xD8 and <= 0xF6) or (>= 0xF8 and <= 0x2FF) or (>= 0x370 and <= 0x37D) or (>= 0x37F and <= 0x1FFF)
            or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF)
            or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF)
            || (!first && value is 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040);
}
