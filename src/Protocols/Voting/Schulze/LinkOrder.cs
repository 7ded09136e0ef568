using Plenum.Voting.Tally;

namespace Plenum.Voting.Schulze;

/// <summary>Puts all links (ordered pairs) in the order of their strength and numbers them, so that paths compare small integers.</summary>
internal static class LinkOrder
{
    /// <returns>
    /// Strength per link [winner * count + loser], from 1, higher is stronger, equal numbers only for links that are equally strong; and the number
    /// from which on a link is at least a tie of its two options.
    /// </returns>
    public static (int[] Strengths, int FirstTie) Strengths<TOption>(PairwiseMatrix<TOption> matrix, DefeatStrength strength, TieBreaking tieBreaking)
        where TOption : notnull
    {
        var count = matrix.Options.Count;
        var links = new List<Link>(count * count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                if (i != j)
                {
                    var (primary, second) = Strength(strength, matrix.At(i, j), matrix.At(j, i));
                    links.Add(new(i, j, primary, second));
                }
            }
        }

        links.Sort((a, b) => Compare(a, b, tieBreaking));
        var strengths = new int[count * count];
        var (number, firstTie) = (0, int.MaxValue);
        for (var k = 0; k < links.Count; k++)
        {
            if (k == 0 || Compare(links[k - 1], links[k], tieBreaking) != 0)
            {
                number++;
            }

            strengths[(links[k].Winner * count) + links[k].Loser] = number;
            if (links[k].Primary >= 0 && firstTie == int.MaxValue)
            {
                firstTie = number;
            }
        }

        return (strengths, firstTie);
    }

    private static (long Primary, long Second) Strength(DefeatStrength strength, long wins, long losses) => strength switch
    {
        DefeatStrength.Margins => (wins - losses, 0),
        DefeatStrength.WinningVotes => (wins > losses ? wins : 0, 0),
        _ => wins > losses ? (wins, -losses) : (wins == losses ? 0 : -1, 0),
    };

    private static int Compare(Link a, Link b, TieBreaking tieBreaking)
    {
        var order = a.Primary.CompareTo(b.Primary);
        order = order != 0 ? order : a.Second.CompareTo(b.Second);
        if (order != 0 || tieBreaking == TieBreaking.EarlierFirst)
        {
            return order;
        }

        var downward = (a.Winner < a.Loser).CompareTo(b.Winner < b.Loser);
        var byWinner = b.Winner.CompareTo(a.Winner);
        var byLoser = a.Loser.CompareTo(b.Loser);
        var (first, then) = tieBreaking == TieBreaking.Variant1 ? (byWinner, byLoser) : (byLoser, byWinner);
        return downward != 0 ? downward : first != 0 ? first : then;
    }

    private readonly record struct Link(int Winner, int Loser, long Primary, long Second);
}
