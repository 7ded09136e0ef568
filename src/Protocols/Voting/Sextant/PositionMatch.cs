namespace Plenum.Voting.Sextant;

/// <summary>How far two sets of answers agree.</summary>
/// <param name="Agreement">0 (opposed in everything) to 1 (the same in everything).</param>
/// <param name="CommonTheses">Theses both have answered.</param>
public readonly record struct PositionAgreement(double Agreement, int CommonTheses);

/// <summary>
/// Position finding: answers to theses from -2 (strongly against) to +2 (strongly for), null where skipped. Other sources' -1/0/+1 are to be doubled.
/// </summary>
public static class PositionMatch
{
    /// <summary>Fewest common theses for a statement about agreement.</summary>
    public const int MinimumCommonTheses = 10;

    /// <summary>The strongest answer, for or against.</summary>
    public const int StrongestAnswer = 2;

    /// <summary>Weighted agreement: 1 - sum(w x |a - b| / 4) / sum(w) over the theses both have answered.</summary>
    /// <param name="answers">One per thesis.</param>
    /// <param name="others">One per thesis, of the same length.</param>
    /// <param name="weights">1 to 3 per thesis; empty for 1 each.</param>
    /// <returns>False if fewer than <paramref name="minimumCommon"/> theses are answered by both, lengths differ or a number is out of range.</returns>
    public static bool TryMatch(
        ReadOnlySpan<int?> answers, ReadOnlySpan<int?> others, ReadOnlySpan<int> weights, out PositionAgreement agreement, int minimumCommon = MinimumCommonTheses)
    {
        agreement = default;
        if (answers.Length != others.Length || (!weights.IsEmpty && weights.Length != answers.Length))
        {
            return false;
        }

        var (distance, whole, common) = (0, 0, 0);
        for (var i = 0; i < answers.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight is < 1 or > 3 || !IsAnswer(answers[i]) || !IsAnswer(others[i]))
            {
                return false;
            }

            if (answers[i] is { } own && others[i] is { } other)
            {
                distance += weight * Math.Abs(own - other);
                whole += weight;
                common++;
            }
        }

        if (common < Math.Max(minimumCommon, 1))
        {
            return false;
        }

        agreement = new(1 - (distance / (2.0 * StrongestAnswer * whole)), common);
        return true;
    }

    internal static bool IsAnswer(int? answer) => answer is null or (>= -StrongestAnswer and <= StrongestAnswer);
}
