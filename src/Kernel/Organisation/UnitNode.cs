using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Organisation;

/// <summary>A unit as it hangs in the <see cref="OrgTree"/>.</summary>
public sealed class UnitNode
{
    private List<UnitNode> _children = [];

    internal UnitNode(OrgUnit unit)
    {
        Id = unit.Id;
        Kind = unit.Kind;
        Name = unit.Name;
        Slug = unit.Slug;
        Path = unit.Path;
        Depth = unit.Depth;
        IsPrivate = unit.IsPrivate;
        IsClosed = unit.IsClosed;
        OwnMailDomain = unit.MailDomain;
        MergedInto = unit.MergedInto;
    }

    public OrgUnitId Id { get; }

    public OrgUnitKind Kind { get; }

    public string Name { get; }

    public string Slug { get; }

    public string Path { get; }

    public int Depth { get; }

    public bool IsPrivate { get; }

    public bool IsClosed { get; }

    public OrgUnitId? MergedInto { get; }

    public UnitNode? Parent { get; private set; }

    /// <summary>Sorted by name in German order.</summary>
    public IReadOnlyList<UnitNode> Children => _children;

    /// <summary>Its own mail domain or the nearest above; null if none has one.</summary>
    public string? MailDomain => OwnMailDomain ?? Parent?.MailDomain;

    private string? OwnMailDomain { get; }

    /// <summary>The unit, its parent, and so on up to the root.</summary>
    public IEnumerable<UnitNode> SelfAndAncestors()
    {
        for (var unit = this; unit is not null; unit = unit.Parent)
        {
            yield return unit;
        }
    }

    /// <summary>The unit and everything below it, parents before children.</summary>
    public IEnumerable<UnitNode> SelfAndDescendants()
    {
        var open = new Stack<UnitNode>([this]);
        while (open.TryPop(out var unit))
        {
            yield return unit;
            for (var i = unit._children.Count - 1; i >= 0; i--)
            {
                open.Push(unit._children[i]);
            }
        }
    }

    internal void HangBelow(UnitNode parent)
    {
        Parent = parent;
        parent._children.Add(this);
    }

    internal void SortChildren(Comparer<UnitNode> order) => _children = [.. _children.Order(order)];
}
