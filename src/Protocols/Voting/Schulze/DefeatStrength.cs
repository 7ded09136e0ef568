namespace Plenum.Voting.Schulze;

/// <summary>How strong a pairwise win is on a beatpath.</summary>
public enum DefeatStrength
{
    /// <summary>Votes for the winner minus votes for the loser.</summary>
    Margins,

    /// <summary>Votes for the winner; a tie and a defeat count 0.</summary>
    WinningVotes,

    /// <summary>
    /// LiquidFeedback's "tuple": first the votes for the winner, then the fewer for the loser; a tie is weaker than any win, a defeat weaker than a tie.
    /// </summary>
    WinningVotesThenLosingVotes,
}

/// <summary>How options are parted whose strongest paths to each other are equally strong.</summary>
/// <remarks>"Earlier" means the place in the list of options; LiquidFeedback lists the status quo, then the initiatives by id.</remarks>
public enum TieBreaking
{
    /// <summary>The earlier option is better. Links of equal strength stay equal.</summary>
    /// <remarks>
    /// LiquidFeedback core 3.0.4 ("simple") lets an undecided pair block the later option as if beaten. Beats and undecided pairs together can form
    /// a circle, and core then stops with "Schulze ranking does not compute". Here only a beat blocks: beats alone are a strict partial order, so
    /// a ranking always exists, and it is core's wherever core has one.
    /// </remarks>
    EarlierFirst,

    /// <summary>Links of equal strength are ordered: those from an earlier to a later option first, then by earlier winner, then by later loser.</summary>
    Variant1,

    /// <summary>As <see cref="Variant1"/>, but by later loser, then by earlier winner.</summary>
    Variant2,
}
