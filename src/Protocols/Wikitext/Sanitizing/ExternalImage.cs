namespace Plenum.Wikitext.Sanitizing;

/// <summary>Addresses that by their look are pictures.</summary>
internal static class ExternalImage
{
    private static readonly string[] Endings = [".avif", ".gif", ".jpg", ".jpeg", ".png", ".svg", ".webp"];

    private static readonly System.Buffers.SearchValues<char> Strange = System.Buffers.SearchValues.Create("$'\\^`{|}");

    public static bool IsOne(ReadOnlySpan<char> url)
    {
        var scheme = url.StartsWith("http://") ? 7 : url.StartsWith("https://") ? 8 : 0;
        if (scheme == 0 || ExternalUrl.Measure(url, scheme) != url.Length || url.LastIndexOf('/') is not (> 8 and var slash))
        {
            return false;
        }

        var name = url[(slash + 1)..];
        foreach (var ending in Endings)
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return name.IndexOfAny(Strange) < 0;
            }
        }

        return false;
    }
}
