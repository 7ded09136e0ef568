namespace Plenum.Voting.Stv;

/// <summary>What happened in a stage of a count.</summary>
public enum StvEvent
{
    /// <summary>The first preferences were counted.</summary>
    FirstPreferences,

    /// <summary>The surplus of <see cref="StvStage{TOption}.Candidate"/> was transferred.</summary>
    SurplusTransferred,

    /// <summary>The candidate was excluded and his papers were transferred.</summary>
    Excluded,

    /// <summary>Meek: keep values were changed until nothing moved, without an election or exclusion.</summary>
    Iterated,

    /// <summary>As many candidates were left as seats.</summary>
    LastVacancies,
}

/// <summary>A stage of a count.</summary>
/// <param name="Candidate">Whose votes were transferred; null for first preferences and last vacancies.</param>
/// <param name="Votes">Every candidate's votes after the stage.</param>
/// <param name="NonTransferable">Votes that are with nobody, lost fractions included.</param>
/// <param name="Quota">The quota of the stage; only Meek's changes.</param>
/// <param name="Elected">Deemed elected at the end of the stage, most votes first.</param>
/// <param name="ByLot">The choice of <paramref name="Candidate"/> was a tie that only the lot could part.</param>
public sealed record StvStage<TOption>(
    StvEvent Event, TOption? Candidate, IReadOnlyDictionary<TOption, decimal> Votes, decimal NonTransferable, decimal Quota, IReadOnlyList<TOption> Elected, bool ByLot)
    where TOption : notnull;

/// <summary>An election by single transferable vote.</summary>
/// <param name="Elected">In the order of their election; fewer than the seats only if there are fewer candidates.</param>
public sealed record StvResult<TOption>(IReadOnlyList<TOption> Elected, IReadOnlyList<StvStage<TOption>> Stages)
    where TOption : notnull;
