namespace Plenum.Voting.Schulze;

/// <summary>Strongest paths: the strength of a path is that of its weakest link (Floyd and Warshall's algorithm).</summary>
internal static class StrongestPaths
{
    public static int[] Of(int[] links, int count)
    {
        var paths = (int[])links.Clone();
        for (var over = 0; over < count; over++)
        {
            var onward = paths.AsSpan(over * count, count);
            for (var from = 0; from < count; from++)
            {
                if (from == over)
                {
                    continue;
                }

                var toOver = paths[(from * count) + over];
                var row = paths.AsSpan(from * count, count);
                for (var to = 0; to < row.Length; to++)
                {
                    var detour = Math.Min(toOver, onward[to]);
                    if (detour > row[to])
                    {
                        row[to] = detour;
                    }
                }

                row[from] = 0;
            }
        }

        return paths;
    }
}
