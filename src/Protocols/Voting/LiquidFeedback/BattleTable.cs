using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>The pairwise contests of the initiatives with each other and with the status quo.</summary>
public sealed class BattleTable<TInitiative>
    where TInitiative : notnull
{
    private readonly Dictionary<TInitiative, int> _numbers;

    internal BattleTable(PairwiseMatrix<int> matrix, Dictionary<TInitiative, int> numbers) => (Matrix, _numbers) = (matrix, numbers);

    /// <summary>Weight of the voters who graded the first above the second.</summary>
    public long this[TInitiative winner, TInitiative loser] => Matrix[_numbers[winner], _numbers[loser]];

    /// <summary>Options by number: 0 is the status quo, then the initiatives in their order.</summary>
    internal PairwiseMatrix<int> Matrix { get; }

    /// <summary>Weight of the voters who prefer the initiative to the status quo.</summary>
    public long For(TInitiative initiative) => Matrix[_numbers[initiative], 0];

    /// <summary>Weight of the voters who prefer the status quo.</summary>
    public long Against(TInitiative initiative) => Matrix[0, _numbers[initiative]];
}
