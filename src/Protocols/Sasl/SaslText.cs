using System.Text;
using Plenum.Protocols.Sasl.Precis;

namespace Plenum.Protocols.Sasl;

internal static class SaslText
{
    /// <summary>Longest accepted name or password in octets (a JID part, RFC 7622 §3.1).</summary>
    public const int MaxNameLength = 1023;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(ReadOnlySpan<byte> octets, out string text)
    {
        text = "";
        if (!System.Text.Unicode.Utf8.IsValid(octets))
        {
            return false;
        }

        text = Strict.GetString(octets);
        return true;
    }

    /// <summary>Decodes and prepares a name (RFC 4616 §2, RFC 8265 §4).</summary>
    public static bool TryName(ReadOnlySpan<byte> octets, out string name)
    {
        name = "";
        return octets.Length is > 0 and <= MaxNameLength && TryDecode(octets, out var text) && PrecisProfile.TryOpaqueString(text, out name);
    }
}
