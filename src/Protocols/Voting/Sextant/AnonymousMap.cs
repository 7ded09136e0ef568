namespace Plenum.Voting.Sextant;

/// <summary>A square of the published map.</summary>
/// <param name="Column">Square number to the right: it covers Column x side to (Column + 1) x side.</param>
/// <param name="People">How many lie in it, at least <see cref="AnonymousMap.MinimumPeople"/>.</param>
public readonly record struct MapCell(int Column, int Row, int People);

/// <summary>The map as it may be published: squares with a number of people, never single points.</summary>
public static class AnonymousMap
{
    /// <summary>Fewest people in a published square.</summary>
    public const int MinimumPeople = 5;

    /// <summary>Squares with enough people; people in other squares are not shown.</summary>
    /// <param name="side">Length of a square's side, above 0.</param>
    public static IReadOnlyList<MapCell> Publish(IEnumerable<MapPoint> points, double side)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        return [.. points.GroupBy(point => (Column: (int)Math.Floor(point.X / side), Row: (int)Math.Floor(point.Y / side)))
            .Where(group => group.Count() >= MinimumPeople)
            .Select(group => new MapCell(group.Key.Column, group.Key.Row, group.Count()))
            .OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)];
    }
}
