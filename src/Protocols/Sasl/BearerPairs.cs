namespace Plenum.Protocols.Sasl;

/// <summary>The <c>key=value ^A … ^A</c> list of OAUTHBEARER and XOAUTH2 (RFC 7628 §3.1).</summary>
internal static class BearerPairs
{
    private const int MaxPairs = 32; // A request has auth, host, port; a list of thousands only costs the server.

    public static bool TryToken(string pairs, out string token)
    {
        token = "";
        if (!pairs.EndsWith("\u0001\u0001", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = pairs[..^2].Split('\u0001', MaxPairs + 1);
        if (parts.Length > MaxPairs)
        {
            return false;
        }

        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || part.AsSpan(0, equals).ContainsAnyExcept(Letters))
            {
                return false;
            }

            if (part.StartsWith("auth=", StringComparison.Ordinal))
            {
                const string Scheme = "auth=Bearer ";
                if (token.Length > 0 || !part.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }

                token = part[Scheme.Length..].Trim(' ');
            }
        }

        return token.Length > 0 && token.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
    }

    private static readonly System.Buffers.SearchValues<char> Letters
        = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
