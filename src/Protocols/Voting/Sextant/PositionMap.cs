using System.Diagnostics.CodeAnalysis;

namespace Plenum.Voting.Sextant;

/// <summary>A point of the map; the axes have the unit of the answers.</summary>
public readonly record struct MapPoint(double X, double Y);

/// <summary>The two directions in which answers differ most: principal components of the answers, gaps filled with the thesis' mean.</summary>
public sealed class PositionMap
{
    private readonly double[] _means;
    private readonly double[][] _axes;

    private PositionMap(double[] means, double[][] axes, double[] explained) => (_means, _axes, ExplainedShares) = (means, axes, explained);

    /// <summary>Share of the whole variance that each of the two axes shows, 0 to 1.</summary>
    public IReadOnlyList<double> ExplainedShares { get; }

    /// <summary>Loadings of an axis (0 or 1), one per thesis; a vector of length 1.</summary>
    public IReadOnlyList<double> Axis(int number) => _axes[number];

    /// <summary>Computes the map. Time grows with participants x theses² and theses³.</summary>
    /// <param name="answers">One row per participant, one answer per thesis, null where skipped; rows of equal length.</param>
    /// <param name="anchorThesis">Agreeing with this thesis lies to the right and upwards: it fixes the signs, which are arbitrary otherwise.</param>
    /// <returns>False without at least 2 rows and 2 theses, with rows of unequal length or an anchor that is no thesis.</returns>
    public static bool TryCompute(IReadOnlyList<IReadOnlyList<int?>> answers, int anchorThesis, [NotNullWhen(true)] out PositionMap? map)
    {
        ArgumentNullException.ThrowIfNull(answers);
        map = null;
        var theses = answers.Count == 0 ? 0 : answers[0].Count;
        if (answers.Count < 2 || theses < 2 || anchorThesis < 0 || anchorThesis >= theses || answers.Any(row => row.Count != theses))
        {
            return false;
        }

        double[] means = [.. Enumerable.Range(0, theses).Select(t => answers.Select(row => row[t]).OfType<int>().DefaultIfEmpty(0).Average())];
        var covariance = Covariance(answers, means);
        var (values, vectors) = SymmetricEigen.Of(covariance);
        var order = Enumerable.Range(0, theses).OrderByDescending(i => values[i]).Take(2).ToArray();
        var whole = values.Sum(value => Math.Max(value, 0));
        map = new(
            means,
            [.. order.Select(i => Signed([.. Enumerable.Range(0, theses).Select(t => vectors[t, i])], anchorThesis))],
            [.. order.Select(i => whole > 0 ? Math.Max(values[i], 0) / whole : 0)]);
        return true;
    }

    /// <summary>Where a set of answers lies; a skipped thesis does not move it.</summary>
    public MapPoint Place(IReadOnlyList<int?> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        double Along(double[] axis) => axis.Select((loading, t) => t < answers.Count && answers[t] is { } answer ? loading * (answer - _means[t]) : 0).Sum();
        return new(Along(_axes[0]), Along(_axes[1]));
    }

    private static double[,] Covariance(IReadOnlyList<IReadOnlyList<int?>> answers, double[] means)
    {
        var count = means.Length;
        var sums = new double[count, count];
        foreach (var row in answers)
        {
            double[] centred = [.. row.Select((answer, t) => answer is { } given ? given - means[t] : 0)];
            for (var a = 0; a < count; a++)
            {
                for (var b = a; b < count; b++)
                {
                    sums[a, b] += centred[a] * centred[b] / (answers.Count - 1);
                    sums[b, a] = sums[a, b];
                }
            }
        }

        return sums;
    }

    /// <summary>The anchor's loading becomes positive; where it is nothing, the largest loading does.</summary>
    private static double[] Signed(double[] axis, int anchor)
    {
        var deciding = Math.Abs(axis[anchor]) > 1e-9 ? axis[anchor] : axis.MaxBy(Math.Abs);
        return deciding < 0 ? [.. axis.Select(loading => -loading)] : axis;
    }
}
