namespace Plenum.Protocols.Sasl;

/// <summary>GS2 header (RFC 5801 §4): <c>(n|y|p=NAME),[a=saslname],</c> and what follows it.</summary>
/// <param name="Flag">'n', 'y' or 'p'.</param>
/// <param name="Text">The header itself with both commas: SCRAM repeats it under the proof.</param>
internal readonly record struct Gs2Header(char Flag, string? BindingType, string? AuthorizationId, string Text, string Rest)
{
    public static bool TryParse(string message, out Gs2Header header)
    {
        header = default;
        var parts = message.Split(',', 3);
        if (parts.Length < 3)
        {
            return false;
        }

        var bindingType = parts[0].StartsWith("p=", StringComparison.Ordinal) ? parts[0][2..] : null;
        if (bindingType is null ? parts[0] is not ("n" or "y") : bindingType.Length == 0)
        {
            return false;
        }

        string? authorizationId = null;
        if (parts[1].Length > 0
            && (!parts[1].StartsWith("a=", StringComparison.Ordinal) || !TryDecodeName(parts[1][2..], out authorizationId!)))
        {
            return false;
        }

        header = new Gs2Header(parts[0][0], bindingType, authorizationId, $"{parts[0]},{parts[1]},", parts[2]);
        return true;
    }

    /// <summary>RFC 5802 §5.1: "=2C" is a comma, "=3D" an equals sign, any other "=" is an error.</summary>
    public static bool TryDecodeName(string encoded, out string name)
    {
        name = encoded.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        for (var at = encoded.IndexOf('=', StringComparison.Ordinal); at >= 0; at = encoded.IndexOf('=', at + 1))
        {
            if (string.CompareOrdinal(encoded, at, "=2C", 0, 3) != 0 && string.CompareOrdinal(encoded, at, "=3D", 0, 3) != 0)
            {
                return false;
            }
        }

        return encoded.Length <= SaslText.MaxNameLength && Precis.PrecisProfile.TryOpaqueString(name, out name);
    }

    public static string EncodeName(string name)
        => name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}
