namespace Plenum.Voting.LiquidFeedback;

/// <summary>A member supports an initiative, which makes him interested in its issue.</summary>
/// <param name="IsInformed">He has seen the latest draft.</param>
public readonly record struct Support<TMember, TInitiative>(TMember Member, TInitiative Initiative, bool IsInformed)
    where TMember : notnull
    where TInitiative : notnull;

/// <summary>How much a supporter wants a suggestion.</summary>
public enum SuggestionDegree
{
    MustNot = -2,
    ShouldNot = -1,
    Should = 1,
    Must = 2,
}

/// <summary>A supporter's opinion about a suggestion for an initiative.</summary>
/// <param name="IsFulfilled">He finds the suggestion implemented in the draft.</param>
public readonly record struct SuggestionOpinion<TMember, TSuggestion>(TMember Member, TSuggestion Suggestion, SuggestionDegree Degree, bool IsFulfilled)
    where TMember : notnull
    where TSuggestion : notnull
{
    /// <summary>He must have it and has not, or must not have it and has: he is no satisfied supporter.</summary>
    public bool IsCritical => Section == 0;

    /// <summary>Section in the proportional order: 0 critical, 1 wanted but not so, 2 must and is so, 3 the rest.</summary>
    internal int Section
    {
        get
        {
            var isAsWanted = Degree > 0 == IsFulfilled;
            var isMust = Degree is SuggestionDegree.Must or SuggestionDegree.MustNot;
            return (isAsWanted, isMust) switch
            {
                (false, true) => 0,
                (false, false) => 1,
                (true, true) => 2,
                _ => 3,
            };
        }
    }
}

/// <summary>Weights of an initiative's supporters.</summary>
/// <param name="Supporters">All.</param>
/// <param name="Informed">Those who have seen the latest draft.</param>
/// <param name="Satisfied">Those without a critical opinion.</param>
public readonly record struct SupportCount(long Supporters, long Informed, long Satisfied, long SatisfiedInformed);
