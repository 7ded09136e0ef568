namespace Plenum.Wikitext.Tree;

/// <summary>Bounds of a tree.</summary>
/// <param name="MaxDepth">Elements within elements.</param>
/// <param name="MaxElements">Elements, clones included.</param>
internal readonly record struct TreeLimits(int MaxDepth, int MaxElements)
{
    /// <summary>Deeper than any page a person writes; browsers stop at 512.</summary>
    public static TreeLimits Default { get; } = new(MaxDepth: 200, MaxElements: 200_000);
}
