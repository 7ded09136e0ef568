namespace Plenum.Ui;

/// <summary>A node of a <see cref="TreeView"/>.</summary>
/// <param name="Children">Those already at hand.</param>
/// <param name="MoreHref">Address of the page with this branch open, where its children are not at hand: large trees open step by step.</param>
/// <param name="Note">A few words after the name: kind, number.</param>
public sealed record TreeNode(
    string Name, string? Href, IReadOnlyList<TreeNode> Children, string? MoreHref = null, string? Note = null, bool IsOpen = false, bool IsCurrent = false);
