using System.Text.Json;
using Plenum.Testing;
using Plenum.Voting.Delegation;
using Plenum.Voting.LiquidFeedback;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.LiquidFeedback;

/// <summary>Snapshots, quorums, orders and chains of LiquidFeedback core 3.0.4 before the vote.</summary>
public sealed class PrevoteVectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_issue_checked_by_core_comes_out_the_same()
    {
        if (!SharedData.TryFind("liquidfeedback/lf304_prevote_vectors.jsonl", out var path))
        {
            VectorSet.ReportAbsent("lf-prevote");
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

        VectorSet.Report("lf-prevote", passed, total);
        Assert.True(total > 0, "The set is empty.");
        Assert.Empty(failures);
    }

    private static IEnumerable<string> Differences(JsonElement root)
    {
        HashSet<int> Ids(string name) => [.. root.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
        Share Quorum(string name) => new(root.GetProperty(name)[0].GetInt32(), root.GetProperty(name)[1].GetInt32());
        var (inactive, withoutRight) = (Ids("inactive"), Ids("no_voting_right"));
        bool IsEntitled(int member) => !inactive.Contains(member) && !withoutRight.Contains(member);
        var delegations = new EffectiveDelegations<int>(root.GetProperty("delegations_scope_truster_trustee").EnumerateArray().Select(Delegation), IsEntitled);
        var supports = root.GetProperty("supporters_member_initiative_informed").EnumerateArray()
            .Select(row => new Support<int, int>(row[0].GetInt32(), row[1].GetInt32(), row[2].GetBoolean())).ToList();
        var snapshot = new IssueSnapshot<int, int, int>(
            Ids("area_membership"),
            Ids("issue_interest"),
            supports,
            root.GetProperty("suggestions_id_initiative").EnumerateArray().Select(row => (row[0].GetInt32(), row[1].GetInt32())),
            root.GetProperty("opinions_member_suggestion_degree_fulfilled").EnumerateArray().Select(row =>
                new SuggestionOpinion<int, int>(row[0].GetInt32(), row[1].GetInt32(), (SuggestionDegree)row[2].GetInt32(), row[3].GetBoolean())),
            delegations,
            IsEntitled);

        var hour = TimeSpan.FromHours(1);
        var timetable = new IssueTimetable(hour, hour, hour, hour, Quorum("issue_quorum"), Quorum("initiative_quorum"));
        var phase = root.GetProperty("phase").GetString() == "verification" ? IssueState.Verification : IssueState.Admission;
        var initiatives = Enumerable.Range(1, root.GetProperty("initiatives").GetInt32()).ToList();
        var step = IssueCourse.Next(timetable, phase, Start, [.. initiatives.Select(id => new InitiativeStanding<int>(id))], snapshot, Start + hour);
        var interested = Ids("issue_interest").Concat(supports.Select(support => support.Member)).ToHashSet();
        return LfJson.Differences(Pairs(root.GetProperty("expected"), snapshot, step!, initiatives)
            .Concat(Chains(root.GetProperty("expected"), delegations, IsEntitled, interested.Contains)));
    }

    private static VoteDelegation<int> Delegation(JsonElement row)
    {
        var scope = Enum.Parse<DelegationScope>(row[0].GetString()!, ignoreCase: true);
        var truster = row[1].GetInt32();
        return row[2].ValueKind == JsonValueKind.Null ? VoteDelegation.Off(truster, scope) : VoteDelegation.To(truster, row[2].GetInt32(), scope);
    }

    private static IEnumerable<(string Name, string Expected, string Actual)> Pairs(
        JsonElement expected, IssueSnapshot<int, int, int> snapshot, IssueStep<int> step, List<int> initiatives)
    {
        string Text(string name) => expected.GetProperty(name).GetRawText();
        yield return ("state", expected.GetProperty("state").GetString()!, StateName(step.State));
        yield return ("population", Text("population"), $"{snapshot.Population.Total}");
        yield return ("direct_population", Text("direct_population"), LfJson.Direct(snapshot.Population));
        yield return ("delegating_population", Text("delegating_population"), LfJson.Delegating(snapshot.Population));
        yield return ("direct_interest", Text("direct_interest"), LfJson.Direct(snapshot.Interest));
        yield return ("delegating_interest", Text("delegating_interest"), LfJson.Delegating(snapshot.Interest));

        var isFullFreeze = expected.GetProperty("snapshot_event").GetString() == "full_freeze";
        var harmonic = snapshot.HarmonicWeightsOf(initiatives, step.Admitted.Contains);
        foreach (var row in expected.GetProperty("initiatives").EnumerateArray())
        {
            var id = row.GetProperty("id").GetInt32();
            var count = snapshot.SupportOf(id);
            bool? admitted = isFullFreeze ? step.Admitted.Contains(id) : null;
            var actual = new object?[] { count.Supporters, count.Informed, count.Satisfied, count.SatisfiedInformed, admitted, (double)harmonic[id] };
            string[] names = ["supporter_count", "informed", "satisfied", "satisfied_informed", "admitted", "harmonic_weight"];
            foreach (var (name, value) in names.Zip(actual))
            {
                var wanted = row.GetProperty(name);
                yield return ($"{id} {name}", name == "harmonic_weight" ? JsonSerializer.Serialize(wanted.GetDouble()) : wanted.GetRawText(), JsonSerializer.Serialize(value));
            }
        }

        foreach (var row in expected.GetProperty("suggestions").EnumerateArray())
        {
            var id = row.GetProperty("id").GetInt32();
            int? place = snapshot.SuggestionOrder(row.GetProperty("initiative_id").GetInt32()).TryGetValue(id, out var found) ? found : null;
            yield return ($"order of {id}", row.GetProperty("proportional_order").GetRawText(), JsonSerializer.Serialize(place));
            foreach (var (name, degree) in new[] { ("m2", -2), ("m1", -1), ("p1", 1), ("p2", 2) })
            {
                yield return ($"{id} {name}u", row.GetProperty($"{name}u").GetRawText(), $"{snapshot.OpinionWeight(id, (SuggestionDegree)degree, false)}");
                yield return ($"{id} {name}f", row.GetProperty($"{name}f").GetRawText(), $"{snapshot.OpinionWeight(id, (SuggestionDegree)degree, true)}");
            }
        }
    }

    private static IEnumerable<(string Name, string Expected, string Actual)> Chains(
        JsonElement expected, EffectiveDelegations<int> delegations, Func<int, bool> isEntitled, Func<int, bool> participates)
    {
        foreach (var row in expected.GetProperty("delegation_chains_issue_before_run").EnumerateArray())
        {
            var steps = DelegationChain.Follow(row[0].GetInt32(), delegations, isEntitled, participates).Select(step => new object?[]
            {
                step.Index, step.Member, step.IsEntitled, step.Participates, step.IsOverridden, LfJson.Scope(step.ScopeIn), LfJson.Scope(step.ScopeOut),
                step.IsSwitchedOff, step.Loop == LoopPosition.None ? null : step.Loop.ToString().ToLowerInvariant(),
            });
            yield return ($"chain of {row[0]}", row[1].GetRawText(), JsonSerializer.Serialize(steps));
        }
    }

    private static string StateName(IssueState state) => state switch
    {
        IssueState.Discussion => "discussion",
        IssueState.Voting => "voting",
        IssueState.CanceledIssueNotAccepted => "canceled_issue_not_accepted",
        IssueState.CanceledNoInitiativeAdmitted => "canceled_no_initiative_admitted",
        _ => state.ToString(),
    };
}
