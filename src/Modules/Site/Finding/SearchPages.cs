using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;

namespace Plenum.Site.Finding;

/// <summary>One page of what was found.</summary>
public sealed record FoundPage
{
    public required SearchPage Things { get; init; }

    /// <summary>Units whose name fits; only without a filter and on the first page.</summary>
    public required IReadOnlyList<UnitNode> Units { get; init; }

    /// <summary>People whose name fits; only for those signed in.</summary>
    public required IReadOnlyList<FoundPerson> People { get; init; }

    /// <summary>Services with hits, the most first.</summary>
    public required IReadOnlyList<(string Service, int Count)> Services { get; init; }

    /// <summary>Units with hits in them or below, the most first.</summary>
    public required IReadOnlyList<(UnitNode Unit, int Count)> UnitFacets { get; init; }

    public int Count => Things.Count + Units.Count + People.Count;
}

/// <summary>The search of the whole house: the kernel's index, the units by name, and people by name. Filtered by the viewer's audiences.</summary>
public sealed class SearchPages(Search search, Access access, UnitNames units, PeopleNames people)
{
    public const int PageSize = 20;
    private const int ShownUnits = 5;
    private const int ShownPeople = 5;
    private const int ShownFacets = 12;

    public async Task<FoundPage> FindAsync(Viewer viewer, string words, string? service, string? unitPath, int page, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var tree = await access.TreeAsync(cancellation);
        var below = unitPath is null ? null : tree.Find(unitPath);
        var things = await search.FindAsync(new(words, viewer.Audiences, service, below?.Path, (page - 1) * PageSize, PageSize), cancellation);
        var isFirst = page == 1 && service is null && words.Length > 1;
        return new()
        {
            Things = things,
            Units = isFirst ? [.. units.Find(tree, words, null, below).Take(ShownUnits)] : [],
            People = isFirst && below is null ? await people.FindAsync(viewer, words, ShownPeople, cancellation) : [],
            Services = [.. things.Services.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))],
            UnitFacets = UnitFacets(tree, things, below ?? tree.Root),
        };
    }

    // Counts of the units directly below the one looked in, each with everything below it.
    private static IReadOnlyList<(UnitNode Unit, int Count)> UnitFacets(OrgTree tree, SearchPage things, UnitNode? above)
        => above is null ? [] :
        [
            .. things.Units
                .Select(u => (Unit: tree.Find(u.Key)?.SelfAndAncestors().FirstOrDefault(a => a.Parent?.Id == above.Id), Count: u.Value))
                .Where(u => u.Unit is not null).GroupBy(u => u.Unit!.Id)
                .Select(g => (g.First().Unit!, g.Sum(u => u.Count))).OrderByDescending(u => u.Item2).Take(ShownFacets),
        ];
}
