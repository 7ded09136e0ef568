using System.Collections.Frozen;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Organisation;

/// <summary>The whole tree in memory, as of one moment. 12,000 units take about 5 MB; every permission check walks it.</summary>
public sealed class OrgTree
{
    private readonly FrozenDictionary<OrgUnitId, UnitNode> _byId;
    private readonly FrozenDictionary<string, UnitNode> _byPath;
    private readonly FrozenDictionary<string, OrgUnitId> _redirects;

    private readonly ILookup<OrgUnitId, UnitNode> _mergedInto;

    private OrgTree(IReadOnlyCollection<OrgUnit> units, IEnumerable<UnitRedirect> redirects)
    {
        _byId = units.ToFrozenDictionary(u => u.Id, u => new UnitNode(u));
        _byPath = _byId.Values.ToFrozenDictionary(u => u.Path, StringComparer.Ordinal);
        _redirects = redirects.ToFrozenDictionary(r => r.OldPath, r => r.UnitId, StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (unit.ParentId is { } parent)
            {
                _byId[unit.Id].HangBelow(_byId[parent]);
            }
        }

        _mergedInto = _byId.Values.Where(u => u.MergedInto is not null).ToLookup(u => u.MergedInto!.Value);
        MailDomains = _byId.Values.Select(u => u.MailDomain).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        var german = CultureInfo.GetCultureInfo("de").CompareInfo;
        var byName = Comparer<UnitNode>.Create((a, b) => german.Compare(a.Name, b.Name, CompareOptions.IgnoreCase));
        foreach (var unit in _byId.Values)
        {
            unit.SortChildren(byName);
        }
    }

    public int Count => _byId.Count;

    /// <summary>Every mail domain a unit has, in lower case with A-labels.</summary>
    public FrozenSet<string> MailDomains { get; }

    /// <summary>Null before the organisation is set up.</summary>
    public UnitNode? Root => _byPath.GetValueOrDefault("");

    public UnitNode? Find(OrgUnitId id) => _byId.GetValueOrDefault(id);

    public UnitNode? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The unit that once had this path, following mergers; null if none had it.</summary>
    public UnitNode? FindMoved(string oldPath)
        => (_redirects.TryGetValue(oldPath, out var id) ? Find(id) : Find(oldPath)) is { } unit ? Successor(unit) : null;

    /// <summary>
    /// The unit an address leads to, however much of it is a unit's path: the longest beginning that is or was one.
    /// </summary>
    /// <param name="path">Slugs joined by "/", e.g. "bayern/muenchen/news/2026".</param>
    /// <param name="rest">What follows the unit's path, without a leading slash; empty if nothing does.</param>
    /// <returns>The unit, and whether the address must be corrected (answer 301 with its path and the rest); null if not even the first part is known.</returns>
    public (UnitNode Unit, bool IsMoved)? Resolve(string path, out string rest)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            var head = path[..end];
            if (FindMoved(head) is { } unit)
            {
                rest = path[end..].TrimStart('/');
                return (unit, unit.Path != head);
            }
        }

        rest = path;
        return null;
    }

    /// <summary>The unit itself, or the one it went into at last.</summary>
    public UnitNode Successor(UnitNode unit)
    {
        for (var steps = 0; unit.MergedInto is { } next && Find(next) is { } into && steps < _byId.Count; steps++)
        {
            unit = into;
        }

        return unit;
    }

    /// <summary>Units that went into this one, and those that had gone into them.</summary>
    public IEnumerable<UnitNode> MergedInto(UnitNode unit) => _mergedInto[unit.Id].SelectMany(u => MergedInto(u).Prepend(u));

    internal static async Task<OrgTree> LoadAsync(PlenumDb db, CancellationToken cancellation)
        => new(
            await db.Set<OrgUnit>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<UnitRedirect>().AsNoTracking().ToListAsync(cancellation));
}
