using Plenum.Voting.Delegation;
using Plenum.Voting.Harmonic;
using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>
/// Who counts in an issue before the vote, at one moment. Everything a member does counts only while he is active and entitled to vote in the unit.
/// </summary>
public sealed class IssueSnapshot<TMember, TInitiative, TSuggestion>
    where TMember : notnull
    where TInitiative : notnull
    where TSuggestion : notnull
{
    private readonly Dictionary<TInitiative, SupportCount> _counts = [];
    private readonly List<HarmonicSupport<TMember, TInitiative>> _supports = [];
    private readonly Dictionary<TSuggestion, TInitiative> _suggestions;
    private readonly List<SuggestionOpinion<TMember, TSuggestion>> _opinions;

    /// <param name="areaMembers">Members of the issue's area.</param>
    /// <param name="interested">Members interested in the issue; supporters are interested without being named here.</param>
    /// <param name="supports">Who supports which initiative; each pair at most once.</param>
    /// <param name="suggestions">Each suggestion with its initiative, the oldest first.</param>
    /// <param name="opinions">About suggestions; each pair of member and suggestion at most once.</param>
    public IssueSnapshot(
        IEnumerable<TMember> areaMembers,
        IEnumerable<TMember> interested,
        IEnumerable<Support<TMember, TInitiative>> supports,
        IEnumerable<(TSuggestion Suggestion, TInitiative Initiative)> suggestions,
        IEnumerable<SuggestionOpinion<TMember, TSuggestion>> opinions,
        EffectiveDelegations<TMember> delegations,
        Func<TMember, bool> isEntitled)
    {
        ArgumentNullException.ThrowIfNull(delegations);
        ArgumentNullException.ThrowIfNull(isEntitled);
        var supporting = supports.ToList();
        var interest = interested.Concat(supporting.Select(support => support.Member)).Where(isEntitled).ToHashSet();
        Interest = delegations.Weigh(interest);
        Population = delegations.Weigh(areaMembers.Where(isEntitled).Concat(interest));
        _suggestions = suggestions.ToDictionary(pair => pair.Suggestion, pair => pair.Initiative);
        _opinions = [.. opinions.Where(opinion => _suggestions.ContainsKey(opinion.Suggestion))];
        var critical = _opinions.Where(opinion => opinion.IsCritical).Select(opinion => (opinion.Member, _suggestions[opinion.Suggestion])).ToHashSet();
        foreach (var support in supporting.Where(support => interest.Contains(support.Member)))
        {
            var satisfied = !critical.Contains((support.Member, support.Initiative));
            var weight = Interest.Direct[support.Member];
            _supports.Add(new(support.Member, weight, support.Initiative, satisfied));
            var before = _counts.GetValueOrDefault(support.Initiative);
            _counts[support.Initiative] = new(
                before.Supporters + weight,
                before.Informed + (support.IsInformed ? weight : 0),
                before.Satisfied + (satisfied ? weight : 0),
                before.SatisfiedInformed + (satisfied && support.IsInformed ? weight : 0));
        }
    }

    /// <summary>Members of the area and the interested, with all who delegate to them: the whole of every quorum. It is not the unit's number of members.</summary>
    public DelegationWeights<TMember> Population { get; }

    /// <summary>The interested, with all who delegate to them.</summary>
    public DelegationWeights<TMember> Interest { get; }

    /// <summary>The supporters of an initiative; zeros if it has none.</summary>
    public SupportCount SupportOf(TInitiative initiative) => _counts.GetValueOrDefault(initiative);

    /// <summary>The initiative has enough supporters, satisfied or not, to accept the issue.</summary>
    public bool ReachesIssueQuorum(TInitiative initiative, Share quorum)
        => SupportOf(initiative).Supporters is > 0 and var supporters && quorum.IsReachedBy(supporters, Population.Total);

    /// <summary>The initiative has enough satisfied supporters to be voted on.</summary>
    public bool ReachesInitiativeQuorum(TInitiative initiative, Share quorum)
        => SupportOf(initiative).Satisfied is > 0 and var satisfied && quorum.IsReachedBy(satisfied, Population.Total);

    /// <summary>Harmonic weights of the initiatives (see <see cref="HarmonicWeights"/>).</summary>
    /// <param name="initiatives">All initiatives of the issue, the oldest first.</param>
    /// <param name="isAdmitted">False for all before the full freeze.</param>
    public IReadOnlyDictionary<TInitiative, decimal> HarmonicWeightsOf(IEnumerable<TInitiative> initiatives, Func<TInitiative, bool> isAdmitted)
        => HarmonicWeights.Weigh(initiatives, isAdmitted, _supports);

    /// <summary>Proportional order of an initiative's suggestions, 1 the most wanted; a suggestion without a counted opinion has no place.</summary>
    public IReadOnlyDictionary<TSuggestion, int> SuggestionOrder(TInitiative initiative)
    {
        var own = _suggestions.Where(pair => EqualityComparer<TInitiative>.Default.Equals(pair.Value, initiative)).Select(pair => pair.Key).ToList();
        var known = own.ToHashSet();
        var ballots = _opinions.Where(opinion => known.Contains(opinion.Suggestion) && Interest.Direct.ContainsKey(opinion.Member))
            .GroupBy(opinion => opinion.Member)
            .Select(group => new SectionBallot<TSuggestion>(
                Interest.Direct[group.Key],
                [.. Enumerable.Range(0, 4).Select(section => group.Where(opinion => opinion.Section == section).Select(opinion => opinion.Suggestion).ToArray())]));
        return ProportionalOrder.Rank(own, ballots);
    }

    /// <summary>Weight of the counted opinions about a suggestion of one degree.</summary>
    public long OpinionWeight(TSuggestion suggestion, SuggestionDegree degree, bool isFulfilled)
        => _opinions.Where(opinion => EqualityComparer<TSuggestion>.Default.Equals(opinion.Suggestion, suggestion) && opinion.Degree == degree && opinion.IsFulfilled == isFulfilled)
            .Sum(opinion => Interest.Direct.GetValueOrDefault(opinion.Member));
}
