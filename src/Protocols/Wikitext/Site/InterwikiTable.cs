using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Plenum.Wikitext.Site;

/// <summary>The interwiki prefixes a wiki knows, found without regard to case.</summary>
public sealed class InterwikiTable(IEnumerable<Interwiki> interwikis)
{
    private readonly FrozenDictionary<string, Interwiki> _byPrefix
        = interwikis.DistinctBy(i => i.Prefix, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(i => i.Prefix, StringComparer.OrdinalIgnoreCase);

    /// <summary>No prefix at all.</summary>
    public static InterwikiTable Empty { get; } = new([]);

    public IReadOnlyCollection<Interwiki> All => _byPrefix.Values;

    /// <summary>Finds what a prefix stands for. False if it is an ordinary word.</summary>
    public bool TryFind(ReadOnlySpan<char> prefix, [NotNullWhen(true)] out Interwiki? interwiki)
        => _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out interwiki);
}
