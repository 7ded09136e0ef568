using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>The names after "&lt;" that mean something, lower case.</summary>
internal sealed class TagNames(IEnumerable<string> extensionTags)
{
    public const string NoInclude = "noinclude";
    public const string IncludeOnly = "includeonly";
    public const string OnlyInclude = "onlyinclude";

    private readonly FrozenSet<string> _extensions = extensionTags.Select(t => t.ToLowerInvariant()).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly ConditionalWeakTable<IReadOnlyCollection<string>, TagNames> s_known = [];

    /// <summary>The names of a site; made once for each list.</summary>
    public static TagNames For(IReadOnlyCollection<string> extensionTags) => s_known.GetValue(extensionTags, static tags => new TagNames(tags));

    public bool IsExtension(ReadOnlySpan<char> name) => _extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
}
