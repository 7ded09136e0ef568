namespace Plenum.Voting.Sextant;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations: no random start, the same on every machine.</summary>
internal static class SymmetricEigen
{
    /// <summary>Far more than the about ten sweeps that matrices of a few hundred rows need.</summary>
    private const int MaximumSweeps = 60;

    /// <returns>Values and, as columns, vectors of length 1, in no order.</returns>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        var count = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && OffDiagonal(a) > 1e-22; sweep++)
        {
            for (var p = 0; p < count; p++)
            {
                for (var q = p + 1; q < count; q++)
                {
                    Rotate(a, vectors, p, q);
                }
            }
        }

        return ([.. Enumerable.Range(0, count).Select(i => a[i, i])], vectors);
    }

    private static double OffDiagonal(double[,] a)
    {
        var (off, all) = (0.0, 0.0);
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(0); j++)
            {
                all += a[i, j] * a[i, j];
                off += i == j ? 0 : a[i, j] * a[i, j];
            }
        }

        return all > 0 ? off / all : 0;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[k, p], a[k, q]) = ((cosine * a[k, p]) - (sine * a[k, q]), (sine * a[k, p]) + (cosine * a[k, q]));
        }

        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[p, k], a[q, k]) = ((cosine * a[p, k]) - (sine * a[q, k]), (sine * a[p, k]) + (cosine * a[q, k]));
            (vectors[k, p], vectors[k, q]) = ((cosine * vectors[k, p]) - (sine * vectors[k, q]), (sine * vectors[k, p]) + (cosine * vectors[k, q]));
        }
    }
}
