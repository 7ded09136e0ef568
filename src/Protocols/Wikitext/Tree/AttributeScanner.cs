using System.Buffers;
using System.Collections.Frozen;

namespace Plenum.Wikitext.Tree;

/// <summary>Reads attributes as HTML's tokenizer does (§13.2.5.32 and following).</summary>
internal static class AttributeScanner
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\f\r");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\n\f\r/>=");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\n\f\r>");
    private static readonly SearchValues<char> Skipped = SearchValues.Create(" \t\n\f\r/>");

    /// <summary>Takes one attribute off the start of <paramref name="rest"/>; the value is still encoded, empty if there is none.</summary>
    public static bool TryRead(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = default;
        value = default;
        var start = rest.IndexOfAnyExcept(Skipped);
        if (start < 0)
        {
            rest = default;
            return false;
        }

        rest = rest[start..];
        var length = rest[1..].IndexOfAny(NameEnds) + 1;
        length = length == 0 ? rest.Length : length;
        name = rest[..length];
        rest = rest[length..];
        var blanks = rest.IndexOfAnyExcept(Blanks);
        if (blanks < 0 || rest[blanks] != '=')
        {
            return true;
        }

        rest = rest[(blanks + 1)..].TrimStart(" \t\n\f\r");
        if (rest is ['"' or '\'', ..])
        {
            var close = rest[1..].IndexOf(rest[0]);
            value = close < 0 ? rest[1..] : rest.Slice(1, close);
            rest = close < 0 ? default : rest[(close + 2)..];
            return true;
        }

        var end = rest.IndexOfAny(ValueEnds);
        value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return true;
    }

    /// <summary>Names most tags have: one string for all of them.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Usual = FrozenSet.Create(
        StringComparer.Ordinal, "align", "alt", "aria-label", "class", "colspan", "data-mw-heading", "data-mw-line", "decoding", "dir", "height", "href", "id", "lang", "rel", "rowspan", "scope", "src",
        "srcset", "style", "title", "typeof", "width").GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Lower(ReadOnlySpan<char> name)
        => name.ContainsAnyInRange('A', 'Z')
            ? string.Create(name.Length, name, static (to, from) => from.ToLowerInvariant(to))
            : Usual.TryGetValue(name, out var usual) ? usual : name.ToString();
}
