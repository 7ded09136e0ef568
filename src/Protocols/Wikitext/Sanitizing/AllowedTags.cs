using System.Collections.Frozen;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>The HTML tags an author may write in wikitext and the attributes each may have (MediaWiki's list).</summary>
internal static class AllowedTags
{
    private const string Common =
        "id class style lang dir title tabindex "
        + "aria-describedby aria-flowto aria-hidden aria-label aria-labelledby aria-level aria-owns role "
        + "about property resource datatype typeof itemid itemprop itemref itemscope itemtype";

    private const string Cell = "abbr axis headers scope rowspan colspan nowrap width height bgcolor align valign";

    private static readonly FrozenDictionary<string, AllowedTag> Tags = Create();
    private static readonly FrozenDictionary<string, AllowedTag>.AlternateLookup<ReadOnlySpan<char>> Lookup
        = Tags.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Longest name in the list.</summary>
    public const int MaxNameLength = 10;

    /// <summary>Finds a tag by its name in lower case. Those that are only made by the renderer have <see cref="AllowedTag.IsWritable"/> false.</summary>
    public static AllowedTag? Find(ReadOnlySpan<char> lowerCaseName) => Lookup.TryGetValue(lowerCaseName, out var tag) ? tag : null;

    private static FrozenDictionary<string, AllowedTag> Create()
    {
        const string writable =
            "b bdi del i ins u font big small sub sup h1 h2 h3 h4 h5 h6 cite code em s strike strong tt var div center blockquote ol ul dl table "
            + "caption pre ruby rb rp rt rtc p span abbr dfn kbd samp data time mark br wbr hr li dt dd meta link tr td th q bdo";
        const string neverWritable = "a img figure figcaption audio video source track aside tbody thead tfoot col colgroup";
        const string single = "br wbr hr li dt dd meta link";
        const string empty = "br wbr hr meta link";
        string[] singleTags = single.Split(' '), emptyTags = empty.Split(' ');
        var tags = new Dictionary<string, AllowedTag>();
        foreach (var name in writable.Split(' '))
        {
            tags[name] = new(name, Attributes(name)) { IsWritable = true, MayBeSingle = singleTags.Contains(name), IsEmpty = emptyTags.Contains(name) };
        }

        foreach (var name in neverWritable.Split(' '))
        {
            tags[name] = new(name, Attributes(name));
        }

        return tags.ToFrozenDictionary();
    }

    private static FrozenSet<string> Attributes(string element)
    {
        var own = element switch
        {
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "p" or "div" or "caption" => "align",
            "hr" or "pre" => "width",
            "blockquote" or "q" => "cite",
            "ol" => "type start reversed",
            "ul" => "type",
            "li" => "type value",
            "a" => "href rel rev",
            "data" => "value",
            "time" => "datetime",
            "br" => "clear",
            "ins" or "del" => "cite datetime",
            "source" => "type src",
            "img" => "alt src width height srcset",
            "video" => "poster controls preload width height",
            "audio" => "controls preload width height",
            "track" => "type src srclang kind label",
            "table" => "summary width border frame rules cellspacing cellpadding align bgcolor",
            "tr" => "bgcolor align valign",
            "td" or "th" => Cell,
            "font" => "size color face",
            _ => "",
        };
        return element switch
        {
            "meta" => FrozenSet.Create("itemprop", "content"),
            "link" => FrozenSet.Create("itemprop", "href", "title"),
            _ => $"{Common} {own}".Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(),
        };
    }
}

/// <summary>One tag of the list.</summary>
internal sealed record AllowedTag(string Name, FrozenSet<string> Attributes)
{
    /// <summary>True if an author may write it.</summary>
    public bool IsWritable { get; init; }

    /// <summary>True if <c>&lt;name/></c> is the whole element; for others the slash is ignored.</summary>
    public bool MayBeSingle { get; init; }

    /// <summary>True if it never has content.</summary>
    public bool IsEmpty { get; init; }
}
