namespace Plenum.Voting.Tally;

/// <summary>What it means that a ballot leaves an option out. The rules of an election must say which: the winner may depend on it.</summary>
public enum UnrankedOptions
{
    /// <summary>Left out is ranked last, equal with the others left out, below every ranked option.</summary>
    RankedLast,

    /// <summary>Left out is no opinion: the ballot says nothing about any pair with this option.</summary>
    NoOpinion,
}
