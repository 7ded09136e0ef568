using System.Collections.Frozen;
using Plenum.Wikitext.Sanitizing;

namespace Plenum.Wikitext.Rendering;

/// <summary>Which attributes come out of the writer, and with which values.</summary>
internal static class AllowedMarkup
{
    /// <summary>What the renderer itself adds to what authors may write.</summary>
    private static readonly FrozenSet<(string Element, string Attribute)> Added = new (string, string)[]
    {
        ("a", "target"), ("img", "decoding"), ("img", "loading"), ("video", "muted"), ("video", "loop"), ("audio", "muted"), ("audio", "loop"),
    }.ToFrozenSet();

    public static bool IsAllowed(AllowedTag tag, string attribute, string value)
    {
        if (attribute.StartsWith("data-", StringComparison.Ordinal))
        {
            return !attribute.StartsWith("data-mw", StringComparison.Ordinal) && IsPlainName(attribute);
        }

        if (TagAttributes.IsNamespace(attribute))
        {
            return !ExternalUrl.LooksEvil(value);
        }

        if (!tag.Attributes.Contains(attribute) && !Added.Contains((tag.Name, attribute)))
        {
            return false;
        }

        return attribute switch
        {
            "href" or "src" or "poster" or "cite" => IsSafeUrl(value),
            "srcset" => value.Split(',').All(v => IsSafeUrl(v.AsSpan().Trim())),
            "style" => value.AsSpan().IndexOfAny("\\(<@") < 0 || InlineStyle.Clean(value) == value,
            _ => true,
        };
    }

    /// <summary>An allowed scheme, or an address without a scheme.</summary>
    private static bool IsSafeUrl(ReadOnlySpan<char> url)
    {
        if (ExternalUrl.SchemeLength(url) > 0)
        {
            return true;
        }

        foreach (var c in url)
        {
            switch (c)
            {
                case ':':
                    return false;
                case '/' or '?' or '#':
                    return true;
                case <= ' ' or '\u007F' or '\\':
                    return false;
            }
        }

        return true;
    }

    private static bool IsPlainName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
