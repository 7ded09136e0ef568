using Plenum.Kernel.Organisation;

namespace Plenum.Ui;

/// <summary>The unit a page belongs to, as the frame shows it.</summary>
/// <param name="Path">Path in the tree, "" for the root: what "{unit}" in menu entries becomes.</param>
/// <param name="Hue">0 to 23: the unit's brand hue in steps of 15 degrees; null for the house's own.</param>
/// <param name="Logo">Address of its logo, or null for the mark of the house.</param>
public sealed record UnitPlace(string Name, string Href, string Path, int? Hue = null, string? Logo = null)
{
    /// <summary>The page of a unit; the root's is the home page.</summary>
    public static string HrefOf(string path) => path.Length == 0 ? "/" : "/units/" + path;

    public static UnitPlace Of(UnitNode unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new(unit.Name, HrefOf(unit.Path), unit.Path);
    }

    /// <summary>From the root to the unit itself: for the switcher, and without its last step for breadcrumbs.</summary>
    public static IReadOnlyList<NamedLink> PathTo(UnitNode unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return [.. unit.SelfAndAncestors().Reverse().Select((u, depth) => new NamedLink(u.Name, HrefOf(u.Path), depth))];
    }
}

/// <summary>A link with a name, for breadcrumbs and lists of units.</summary>
/// <param name="Depth">Level in a tree, from 0; only for indentation.</param>
public sealed record NamedLink(string Name, string Href, int Depth = 0);
