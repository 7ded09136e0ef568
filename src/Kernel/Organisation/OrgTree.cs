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
    {
        var unit = _redirects.TryGetValue(oldPath, out var id) ? Find(id) : Find(oldPath);
        for (var steps = 0; unit?.MergedInto is { } next && steps < _byId.Count; steps++)
        {
            unit = Find(next);
        }

        return unit;
    }

    internal static async Task<OrgTree> LoadAsync(PlenumDb db, CancellationToken cancellation)
        => new(
            await db.Set<OrgUnit>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<UnitRedirect>().AsNoTracking().ToListAsync(cancellation));
}
