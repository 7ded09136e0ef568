using Plenum.Discussions.Domain;

namespace Plenum.Discussions.Reading;

/// <summary>Arranges posts below those they answer.</summary>
public static class ThreadOutline
{
    /// <param name="posts">In the order of time. A parent that is missing counts as none.</param>
    /// <returns>Every post once, each after its parent, with its depth. Parents in a circle, as only forgers make them, stand at the top.</returns>
    public static IReadOnlyList<(PostId Id, int Depth)> Arrange(IReadOnlyList<(PostId Id, PostId? Parent)> posts)
    {
        ArgumentNullException.ThrowIfNull(posts);
        var known = posts.Select(p => p.Id).ToHashSet();
        var children = posts.Where(p => p.Parent is { } parent && known.Contains(parent)).ToLookup(p => p.Parent!.Value, p => p.Id);
        var arranged = new List<(PostId, int)>(posts.Count);
        var done = new HashSet<PostId>();
        var open = new Stack<(PostId Id, int Depth)>();
        foreach (var (id, _) in posts.Where(p => p.Parent is null || !known.Contains(p.Parent.Value)).Concat(posts))
        {
            open.Push((id, 0)); // The second round finds only those that no root leads to.
            while (open.TryPop(out var next))
            {
                if (!done.Add(next.Id))
                {
                    continue;
                }

                arranged.Add((next.Id, next.Depth));
                foreach (var child in children[next.Id].Reverse())
                {
                    open.Push((child, next.Depth + 1));
                }
            }
        }

        return arranged;
    }
}
