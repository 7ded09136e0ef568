using System.Text;
using System.Text.Unicode;
using Plenum.Protocols.Sasl.Precis;

namespace Plenum.Protocols.Sasl;

internal static class SaslText
{
    /// <summary>Longest accepted name or password in octets (a JID part, RFC 7622 §3.1).</summary>
    public const int MaxNameLength = 1023;

    public static bool TryDecode(ReadOnlySpan<byte> octets, out string text)
    {
        var isValid = Utf8.IsValid(octets);
        text = isValid ? Encoding.UTF8.GetString(octets) : "";
        return isValid;
    }

    /// <summary>Decodes and prepares a name (RFC 4616 §2, RFC 8265 §4).</summary>
    public static bool TryName(ReadOnlySpan<byte> octets, out string name)
    {
        name = "";
        return octets.Length is > 0 and <= MaxNameLength && TryDecode(octets, out var text) && PrecisProfile.TryOpaqueString(text, out name);
    }
}
