using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Site.Finding;
using Plenum.Ui;

namespace Plenum.Site.Units;

/// <summary>The tree of units for people: one branch open at a time, so that 12,000 units fit a page. Public, as the units are.</summary>
public sealed class UnitDirectory(Access access, UnitNames names)
{
    public const int PageSize = 50;
    private const int MaxChildren = 120; // A tree longer than that is no overview; the rest is found by name or on the unit's page.

    /// <summary>The tree with the branch of a unit open.</summary>
    /// <param name="at">Path of that unit; empty or unknown opens the first level.</param>
    /// <param name="note">What stands after the name of a unit, from the number of units below it.</param>
    public async Task<IReadOnlyList<TreeNode>> TreeAsync(string at, Func<UnitNode, int, string?> note, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        if (tree.Root is not { } root)
        {
            return [];
        }

        var open = (tree.Find(at) ?? root).SelfAndAncestors().Select(u => u.Id).ToHashSet();
        return [Branch(root)];

        TreeNode Branch(UnitNode unit)
        {
            var children = OpenChildren(unit);
            var isOpen = open.Contains(unit.Id);
            return new(
                unit.Name,
                UnitPlace.HrefOf(unit.Path),
                isOpen ? [.. children.Take(MaxChildren).Select(Branch), .. More(unit, children.Count)] : [],
                !isOpen && children.Count > 0 ? $"/units?at={Uri.EscapeDataString(unit.Path)}" : null,
                note(unit, isOpen ? 0 : CountBelow(unit)),
                isOpen,
                at.Length > 0 && unit.Path == at);
        }

        IEnumerable<TreeNode> More(UnitNode unit, int count)
            => count > MaxChildren ? [new($"… {count - MaxChildren}", $"/units?below={Uri.EscapeDataString(unit.Path)}", [])] : [];
    }

    /// <summary>Units that fit a filter.</summary>
    /// <returns>Those of the page, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<UnitNode> Page, int Total)> FindAsync(string words, OrgUnitKind? kind, string? below, int page, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        var found = names.Find(tree, words, kind, below is null ? null : tree.Find(below));
        return ([.. found.Skip((page - 1) * PageSize).Take(PageSize)], found.Count);
    }

    public static IReadOnlyList<UnitNode> OpenChildren(UnitNode unit) => [.. unit.Children.Where(u => !u.IsClosed)];

    public static int CountBelow(UnitNode unit) => unit.SelfAndDescendants().Count(u => !u.IsClosed) - (unit.IsClosed ? 0 : 1);
}
