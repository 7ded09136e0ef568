namespace Plenum.Voting.Tally;

/// <summary>Of what the yes votes must be a majority.</summary>
public enum MajorityOf
{
    /// <summary>Of yes and no; abstentions count as not cast (§ 32 (1) BGB as the courts read it).</summary>
    YesAndNo,

    /// <summary>Of all votes cast, so that an abstention works like a no.</summary>
    VotesCast,

    /// <summary>Of everybody entitled to vote (absolute majority).</summary>
    Entitled,
}

/// <summary>How a yes/no question came out.</summary>
public enum MajorityOutcome
{
    Carried,
    Rejected,

    /// <summary>Too few took part; nothing was decided.</summary>
    NoQuorum,
}

/// <summary>The rule of a yes/no vote.</summary>
/// <param name="Required">The share of yes votes.</param>
/// <param name="IsStrict">More than the share is needed (usual for 1/2); otherwise the share itself suffices (usual for 2/3).</param>
/// <param name="Of">Of what it is a share.</param>
/// <param name="Quorum">Least share of the entitled who must take part, abstentions included; 0/1 for none.</param>
/// <param name="MinimumYes">Least number of yes votes.</param>
public readonly record struct MajorityRule(Share Required, bool IsStrict, MajorityOf Of, Share Quorum, long MinimumYes = 0)
{
    /// <summary>More yes than no, no quorum.</summary>
    public static MajorityRule Simple => new(Share.Half, true, MajorityOf.YesAndNo, new(0, 1));

    /// <summary>At least two thirds of yes and no, no quorum.</summary>
    public static MajorityRule TwoThirds => new(Share.TwoThirds, false, MajorityOf.YesAndNo, new(0, 1));
}

/// <summary>The counted votes on a yes/no question.</summary>
/// <param name="Entitled">How many could have voted.</param>
public readonly record struct MajorityVote(long Yes, long No, long Abstentions, long Entitled)
{
    /// <summary>Yes, no and abstentions.</summary>
    public long Cast => Yes + No + Abstentions;

    /// <summary>Applies a rule. Without a single yes nothing is carried, whatever the rule.</summary>
    public MajorityOutcome Decide(MajorityRule rule)
    {
        if (!rule.Quorum.IsReachedBy(Cast, Entitled))
        {
            return MajorityOutcome.NoQuorum;
        }

        var whole = rule.Of switch
        {
            MajorityOf.VotesCast => Cast,
            MajorityOf.Entitled => Entitled,
            _ => Yes + No,
        };
        var reached = rule.IsStrict ? rule.Required.IsExceededBy(Yes, whole) : rule.Required.IsReachedBy(Yes, whole);
        return Yes > 0 && reached && Yes >= rule.MinimumYes ? MajorityOutcome.Carried : MajorityOutcome.Rejected;
    }
}
