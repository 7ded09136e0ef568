namespace Plenum.Protocols.Sasl;

internal static class SaslBase64
{
    /// <summary>Base64 without white space (RFC 5802 §7: base64 = *base64-4 [base64-3 / base64-2]).</summary>
    public static bool TryDecode(string text, out byte[] octets)
    {
        octets = [];
        var buffer = new byte[text.Length];
        if (text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        octets = buffer[..written];
        return true;
    }
}
