using System.Buffers;

namespace Plenum.Wikitext.Parsing;

/// <summary>Characters of link targets.</summary>
internal static class LinkSyntax
{
    /// <summary>What may stand in a link's target: characters of titles, the fragment's "#" and percent escapes.</summary>
    public static SearchValues<char> TargetChars { get; } = SearchValues.Create(Target());

    private static ReadOnlySpan<char> Target()
    {
        var all = new char[0x10000];
        var count = 0;
        foreach (var c in " %!\"$&'()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz~+#")
        {
            all[count++] = c;
        }

        for (var c = 0x80; c < 0x10000; c++)
        {
            all[count++] = (char)c;
        }

        return all.AsSpan(0, count);
    }
}
