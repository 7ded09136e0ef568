using System.Text.Json;
using Plenum.Testing;
using Plenum.Voting.Delegation;
using Plenum.Voting.LiquidFeedback;
using Plenum.Voting.Schulze;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.LiquidFeedback;

/// <summary>Results of LiquidFeedback core 3.0.4 on PostgreSQL 15.</summary>
public sealed class VoteVectorTests
{
    [Fact]
    public void Every_vote_counted_by_core_comes_out_the_same()
    {
        if (!SharedData.TryFind("liquidfeedback/lf304_vote_vectors.jsonl", out var path))
        {
            VectorSet.ReportAbsent("lf-vote");
            return;
        }

        var (passed, total) = (0, 0);
        var failures = new List<string>();
        foreach (var line in File.ReadLines(path))
        {
            total++;
            using var json = JsonDocument.Parse(line);
            var differences = Differences(json.RootElement).ToList();
            passed += differences.Count == 0 ? 1 : 0;
            failures.AddRange(differences.Take(3).Select(difference => $"{json.RootElement.GetProperty("name")}: {difference}"));
        }

        VectorSet.Report("lf-vote", passed, total);
        Assert.True(total > 0, "The set is empty.");
        Assert.Empty(failures);
    }

    private static IEnumerable<string> Differences(JsonElement root)
    {
        var policy = Policy(root.GetProperty("policy"));
        var initiatives = Enumerable.Range(1, root.GetProperty("initiatives").GetInt32()).ToList();
        var ballots = root.GetProperty("ballots").EnumerateObject().ToDictionary(
            ballot => int.Parse(ballot.Name),
            ballot => (IReadOnlyDictionary<int, int>)ballot.Value.EnumerateObject().ToDictionary(grade => int.Parse(grade.Name), grade => grade.Value.GetInt32()));
        var delegations = root.GetProperty("delegations_unit").EnumerateObject()
            .Select(pair => VoteDelegation.To(int.Parse(pair.Name), pair.Value.GetInt32(), DelegationScope.Unit));
        var result = IssueVote.Count(policy, initiatives, ballots, new EffectiveDelegations<int>(delegations, _ => true));
        var expected = root.GetProperty("expected");
        return expected.TryGetProperty("oracle_error", out _) ? AgainstDefect(result, policy) : Compare(result, expected);
    }

    /// <summary>
    /// Core aborts here ("Schulze ranking does not compute", only with tie_breaking "simple"). Right is a ranking without shared places that keeps
    /// every beat, and all counts as the ballots say.
    /// </summary>
    private static IEnumerable<string> AgainstDefect(VoteResult<int, int> result, VotingPolicy policy)
    {
        if (policy.TieBreaking != TieBreaking.EarlierFirst)
        {
            yield return "core never aborts with another tie-breaking";
        }

        var ranks = result.Initiatives.Select(initiative => initiative.SchulzeRank).Append(result.StatusQuoRank).Order().ToList();
        if (!ranks.SequenceEqual(Enumerable.Range(1, ranks.Count)))
        {
            yield return "ranks are not 1 to n";
        }

        var rankOf = result.Initiatives.ToDictionary(initiative => initiative.Initiative, initiative => initiative.SchulzeRank);
        rankOf[0] = result.StatusQuoRank;
        var battles = PairwiseMatrix.FromCounts(rankOf.Keys, (a, b) => a == 0 ? result.Battles.Against(b) : b == 0 ? result.Battles.For(a) : result.Battles[a, b]);
        var honest = SchulzePathsByHand.Of(battles, policy.Strength);
        foreach (var (a, b) in rankOf.Keys.SelectMany(a => rankOf.Keys.Select(b => (a, b))))
        {
            if (honest.Beats(a, b) && rankOf[a] > rankOf[b])
            {
                yield return $"{a} beats {b} and is ranked behind it";
            }
        }
    }

    private static IEnumerable<string> Compare(VoteResult<int, int> result, JsonElement expected)
    {
        var state = result.State == IssueState.FinishedWithWinner ? "finished_with_winner" : "finished_without_winner";
        string Text(string name) => expected.GetProperty(name).GetRawText();
        var pairs = new List<(string Name, string Expected, string Actual)>
        {
            ("state", expected.GetProperty("state").GetString()!, state),
            ("voter_count", Text("voter_count"), $"{result.VoterCount}"),
            ("status_quo", Text("status_quo_schulze_rank"), $"{result.StatusQuoRank}"),
            ("direct", Text("direct_voters"), LfJson.Direct(result.Weights)),
            ("delegating", Text("delegating_voters"), LfJson.Delegating(result.Weights)),
        };
        foreach (var battle in expected.GetProperty("battles_0_is_status_quo").EnumerateArray())
        {
            var (a, b) = (battle[0].GetInt32(), battle[1].GetInt32());
            var actual = a == 0 ? result.Battles.Against(b) : b == 0 ? result.Battles.For(a) : result.Battles[a, b];
            pairs.Add(($"battle {a} {b}", battle[2].GetRawText(), $"{actual}"));
        }

        foreach (var (row, own) in expected.GetProperty("initiatives").EnumerateArray().Zip(result.Initiatives))
        {
            void Add(string name, object? actual) => pairs.Add(($"{own.Initiative} {name}", row.GetProperty(name).GetRawText(), JsonSerializer.Serialize(actual)));
            Add("id", own.Initiative);
            Add("positive_votes", own.PositiveVotes);
            Add("negative_votes", own.NegativeVotes);
            Add("first_preference_votes", own.FirstPreferenceVotes);
            Add("direct_majority", own.HasDirectMajority);
            Add("indirect_majority", own.HasIndirectMajority);
            Add("schulze_rank", own.SchulzeRank);
            Add("better_than_status_quo", own.IsBetterThanStatusQuo);
            Add("reverse_beat_path", own.HasReverseBeatPath);
            Add("multistage_majority", own.HasMultistageMajority);
            Add("eligible", own.IsEligible);
            Add("winner", own.IsWinner);
            Add("rank", own.Rank);
        }

        return LfJson.Differences(pairs);
    }

    private static VotingPolicy Policy(JsonElement json)
    {
        MajorityRequirement Majority(string prefix) => new(
            new(json.GetProperty($"{prefix}_num").GetInt32(), json.GetProperty($"{prefix}_den").GetInt32()),
            json.GetProperty($"{prefix}_strict").GetBoolean(),
            json.GetProperty($"{prefix}_pos").GetInt64(),
            json.GetProperty($"{prefix}_nonneg").GetInt64());
        return new(
            Majority("dm"),
            Majority("im"),
            json.GetProperty("nrbp").GetBoolean(),
            json.GetProperty("nmm").GetBoolean(),
            json.GetProperty("defeat_strength").GetString() == "simple" ? DefeatStrength.WinningVotes : DefeatStrength.WinningVotesThenLosingVotes,
            json.GetProperty("tie_breaking").GetString() switch { "simple" => TieBreaking.EarlierFirst, "variant2" => TieBreaking.Variant2, _ => TieBreaking.Variant1 });
    }
}
