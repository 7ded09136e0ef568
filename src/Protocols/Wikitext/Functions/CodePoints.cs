namespace Plenum.Wikitext.Functions;

/// <summary>Texts measured in Unicode code points, as MediaWiki counts.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Place in the text of its n-th code point; the end if there are not as many.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, long codePoint)
    {
        var at = 0;
        for (; at < text.Length && codePoint > 0; codePoint--)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        }

        return at;
    }
}
