using CsCheck;
using Plenum.Voting.Delegation;

namespace Plenum.Protocols.Tests.Voting.Delegation;

public sealed class DelegationTests
{
    private const int Members = 15;

    private static readonly Gen<(int Truster, int Trustee, DelegationScope Scope, bool Off)[]> Delegations
        = Gen.Select(Gen.Int[0, Members - 1], Gen.Int[0, Members - 1], Gen.Enum<DelegationScope>(), Gen.Bool).Array[0, 25];

    [Fact]
    public void Weights_are_conserved_and_every_chain_ends_with_a_participant()
        => Gen.Select(Delegations, Gen.Int[0, Members - 1].HashSet[0, 6]).Sample((delegations, participants) =>
        {
            var weights = Effective(delegations).Weigh(participants);
            Assert.Equal(weights.Total, weights.Direct.Values.Sum());
            Assert.Equal(participants.Count, weights.Direct.Count);
            Assert.InRange(weights.Total, participants.Count, Members);
            Assert.All(weights.Delegating.Keys, truster => Assert.Contains(weights.ChainOf(truster)[^1], participants));
            Assert.All(weights.Delegating.Keys, truster => Assert.DoesNotContain(truster, participants));
            Assert.All(weights.Direct, pair => Assert.Equal(pair.Value, 1 + weights.Delegating.Keys.Count(truster => weights.ChainOf(truster)[^1] == pair.Key)));
        }, iter: 500);

    [Fact]
    public void The_narrower_delegation_counts_in_any_order()
        => Delegations.Sample(delegations =>
        {
            var distinct = delegations.DistinctBy(d => (d.Truster, d.Scope)).ToArray();
            Assert.Equal(
                Effective(distinct).All.OrderBy(d => d.Truster), Effective([.. distinct.Reverse()]).All.OrderBy(d => d.Truster));
        }, iter: 300);

    [Fact]
    public void A_circle_counts_only_where_one_of_it_takes_part()
    {
        var circle = Effective([(1, 2, DelegationScope.Unit, false), (2, 3, DelegationScope.Unit, false), (3, 1, DelegationScope.Unit, false)]);
        Assert.Equal(0, circle.Weigh([]).Total);
        Assert.Equal(3, circle.Weigh([2]).Direct[2]);
        Assert.Equal([3, 1, 2], Effective([(1, 2, DelegationScope.Unit, false), (4, 3, DelegationScope.Unit, false), (3, 1, DelegationScope.Unit, false)]).Weigh([2]).ChainOf(4));
        Assert.Equal(
            [LoopPosition.First, LoopPosition.Intermediate, LoopPosition.Last, LoopPosition.Repetition],
            DelegationChain.Follow(1, circle, _ => true, _ => false).Select(step => step.Loop));
    }

    [Fact]
    public void Switching_off_and_losing_the_right_end_a_chain()
    {
        var delegations = Effective([(1, 2, DelegationScope.Unit, false), (1, 1, DelegationScope.Issue, true), (3, 1, DelegationScope.Unit, false)]);
        Assert.Equal(1, delegations.Weigh([2]).Total);
        var lost = new EffectiveDelegations<int>([VoteDelegation.To(1, 2, DelegationScope.Unit), VoteDelegation.To(2, 3, DelegationScope.Unit)], member => member != 2);
        Assert.Equal(1, lost.Weigh([3]).Total);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_does_no_harm()
    {
        var chain = new EffectiveDelegations<int>(Enumerable.Range(0, 100_000).Select(i => VoteDelegation.To(i, i + 1, DelegationScope.Area)), _ => true);
        var weights = chain.Weigh([100_000]);
        Assert.Equal(100_001, weights.Direct[100_000]);
        Assert.Equal(100_000, weights.ChainOf(0).Count);
    }

    private static EffectiveDelegations<int> Effective((int Truster, int Trustee, DelegationScope Scope, bool Off)[] delegations)
        => new(delegations.Select(d => d.Off ? VoteDelegation.Off(d.Truster, d.Scope) : VoteDelegation.To(d.Truster, d.Trustee, d.Scope)), _ => true);
}
