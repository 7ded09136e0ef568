namespace Plenum.Voting.Sextant;

/// <summary>Groups of points that lie together: k-means for k = 2 to 5, the k with the best mean silhouette.</summary>
/// <param name="Assignment">Group of each point from 0; null for a point left out.</param>
/// <param name="Silhouette">-1 to 1; near 0 says that there are no real groups.</param>
public sealed record OpinionGroups(IReadOnlyList<int?> Assignment, int Count, double Silhouette)
{
    /// <summary>Participants with fewer answers are shown no group.</summary>
    public const int MinimumAnswers = 7;

    private const int MostGroups = 5;

    /// <summary>Most rounds of one k-means run; it settles in a few dozen.</summary>
    private const int MaximumRounds = 100;

    /// <summary>Most points for which the silhouette is computed, evenly picked: it costs their square.</summary>
    private const int SilhouetteSample = 1_000;

    /// <summary>Finds groups. The start is fixed (the point furthest from the middle, then the furthest from all chosen), so the result is too.</summary>
    /// <param name="answered">How many theses the participant of each point has answered.</param>
    /// <returns>No group at all if fewer than three different points are left.</returns>
    public static OpinionGroups Find(IReadOnlyList<MapPoint> points, IReadOnlyList<int> answered)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(answered);
        var used = Enumerable.Range(0, points.Count).Where(i => i < answered.Count && answered[i] >= MinimumAnswers).ToArray();
        MapPoint[] taken = [.. used.Select(i => points[i])];
        var different = taken.Distinct().Count();
        var best = (Groups: Array.Empty<int>(), Count: 0, Silhouette: double.NegativeInfinity);
        for (var k = 2; k <= Math.Min(MostGroups, different - 1); k++)
        {
            var groups = KMeans(taken, k);
            var silhouette = MeanSilhouette(taken, groups, k);
            best = silhouette > best.Silhouette + 1e-12 ? (groups, k, silhouette) : best;
        }

        var assignment = new int?[points.Count];
        for (var i = 0; i < best.Groups.Length; i++)
        {
            assignment[used[i]] = best.Groups[i];
        }

        return new(assignment, best.Count, best.Count == 0 ? 0 : best.Silhouette);
    }

    private static int[] KMeans(MapPoint[] points, int k)
    {
        var centres = Start(points, k);
        var groups = new int[points.Length];
        for (var round = 0; round < MaximumRounds; round++)
        {
            int[] next = [.. points.Select(point => Enumerable.Range(0, k).MinBy(c => Distance(point, centres[c])))];
            if (round > 0 && next.AsSpan().SequenceEqual(groups))
            {
                break;
            }

            groups = next;
            for (var c = 0; c < k; c++)
            {
                var members = points.Where((_, i) => groups[i] == c).ToList();
                centres[c] = members.Count == 0 ? centres[c] : Middle(members);
            }
        }

        return groups;
    }

    private static MapPoint[] Start(MapPoint[] points, int k)
    {
        var middle = Middle(points);
        var chosen = new List<MapPoint> { points.MaxBy(point => Distance(point, middle)) };
        while (chosen.Count < k)
        {
            chosen.Add(points.MaxBy(point => chosen.Min(other => Distance(point, other))));
        }

        return [.. chosen];
    }

    private static double MeanSilhouette(MapPoint[] points, int[] groups, int k)
    {
        var step = Math.Max(1, (points.Length + SilhouetteSample - 1) / SilhouetteSample);
        var sample = Enumerable.Range(0, points.Length).Where(i => i % step == 0).ToArray();
        return sample.Average(i =>
        {
            var sums = new double[k];
            var counts = new int[k];
            foreach (var j in sample.Where(j => j != i))
            {
                sums[groups[j]] += Math.Sqrt(Distance(points[i], points[j]));
                counts[groups[j]]++;
            }

            if (counts[groups[i]] == 0)
            {
                return 0;
            }

            var inside = sums[groups[i]] / counts[groups[i]];
            var outside = Enumerable.Range(0, k).Where(c => c != groups[i] && counts[c] > 0).Select(c => sums[c] / counts[c]).DefaultIfEmpty(inside).Min();
            return Math.Max(inside, outside) > 0 ? (outside - inside) / Math.Max(inside, outside) : 0;
        });
    }

    private static MapPoint Middle(IReadOnlyCollection<MapPoint> points) => new(points.Average(point => point.X), points.Average(point => point.Y));

    private static double Distance(MapPoint a, MapPoint b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}
