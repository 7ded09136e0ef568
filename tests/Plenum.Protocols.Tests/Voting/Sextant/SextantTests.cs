using CsCheck;
using Plenum.Testing;
using Plenum.Voting.Sextant;

namespace Plenum.Protocols.Tests.Voting.Sextant;

public sealed class SextantTests
{
    [Fact]
    public void A_points_ballot_counts_only_with_exactly_the_points()
    {
        var poll = new PointsPoll<string>(["a", "b", "c"], 10);
        Dictionary<string, int> valid = new() { ["a"] = 7, ["b"] = 3 };
        Assert.Equal(BallotValidity.Valid, poll.Check(valid));
        Assert.Equal(BallotValidity.WrongSum, poll.Check(new Dictionary<string, int> { ["a"] = 9 }));
        Assert.Equal(BallotValidity.NegativePoints, poll.Check(new Dictionary<string, int> { ["a"] = 11, ["b"] = -1 }));
        Assert.Equal(BallotValidity.UnknownOption, poll.Check(new Dictionary<string, int> { ["x"] = 10 }));
        Assert.Equal(BallotValidity.Empty, poll.Check(new Dictionary<string, int>()));
        Assert.Equal(
            [new("a", 17, 2, 8.5, 0.85), new("b", 3, 1, 3, 0.15), new("c", 0, 0, 0, 0)],
            poll.Count([valid, new Dictionary<string, int> { ["a"] = 10 }, new Dictionary<string, int> { ["c"] = 99 }]));
    }

    [Fact]
    public void Approval_is_yes_among_yes_and_no()
    {
        var poll = new ApprovalPoll<string>(["a", "b"]);
        var counted = poll.Count([new Dictionary<string, bool> { ["a"] = true }, new Dictionary<string, bool> { ["a"] = false }, new Dictionary<string, bool> { ["a"] = true }]);
        Assert.Equal([new("a", 2, 1, 2.0 / 3), new("b", 0, 0, null)], counted);
    }

    [Fact]
    public void A_deadline_belongs_to_the_phase_it_begins()
    {
        var start = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        var schedule = new PollSchedule(start, start.AddDays(1), start.AddDays(2), start.AddDays(3), null, HidesResults: true);
        Assert.True(schedule.IsInOrder);
        Assert.Equal(
            [PollPhase.Draft, PollPhase.Collection, PollPhase.Editing, PollPhase.Voting, PollPhase.Closed],
            Enumerable.Range(0, 5).Select(day => schedule.PhaseAt(day == 0 ? start.AddTicks(-1) : start.AddDays(day - 1))));
        Assert.False(schedule.ShowsResultsAt(start.AddDays(2.5)));
        Assert.True(schedule.ShowsResultsAt(start.AddDays(3)));
    }

    [Fact]
    public void A_receipt_is_of_one_poll_only()
    {
        var first = PollReceipt.Code(new byte[32], "ada"u8);
        Assert.Equal(32, first.Length);
        Assert.Equal(first, PollReceipt.Code(new byte[32], "ada"u8));
        Assert.NotEqual(first, PollReceipt.Code([.. new byte[31], 1], "ada"u8));
    }

    [Fact]
    public void Agreement_is_the_weighted_distance_turned_round()
    {
        // By hand: distances 4, 0, 1, weights 3, 1, 2: 1 - 14 / 24.
        Assert.True(PositionMatch.TryMatch([2, 1, null, -1], [-2, 1, 2, -2], [3, 1, 1, 2], out var agreement, minimumCommon: 3));
        Assert.Equal(1 - (14.0 / 24), agreement.Agreement, 12);
        Assert.Equal(3, agreement.CommonTheses);
        Assert.False(PositionMatch.TryMatch([2, 1, null, -1], [-2, 1, 2, -2], [], out _));
        Assert.False(PositionMatch.TryMatch([3], [0], [], out _, minimumCommon: 1));
    }

    [Fact]
    public void The_map_parts_three_known_groups()
    {
        var random = new Random(7);
        int[][] centres = [[2, 2, 2, 2, -2, -2, -2, -2], [-2, -2, 2, 2, 2, 2, -2, -2], [-2, -2, -2, -2, 2, 2, 2, 2]];
        var rows = Enumerable.Range(0, 90).Select(i => (IReadOnlyList<int?>)[.. centres[i % 3].Select(value => (int?)(random.Next(8) == 0 ? value / 2 : value))]).ToList();
        Assert.True(PositionMap.TryCompute(rows, 0, out var map));
        var groups = OpinionGroups.Find([.. rows.Select(map!.Place)], [.. rows.Select(row => row.Count)]);
        Assert.Equal(3, groups.Count);
        Assert.All(Enumerable.Range(0, 90), i => Assert.Equal(groups.Assignment[i % 3], groups.Assignment[i]));
        Assert.True(map.Axis(0)[0] > 0);
        Assert.True(map.ExplainedShares.Sum() > 0.8);
    }

    [Theory]
    [InlineData("2009-deutschland", 24)]
    [InlineData("2011-berlin", 22)]
    public void Parties_of_a_real_election_are_placed_consistently(string election, int parties)
    {
        if (!SharedData.TryFind($"wahlomat/positions-numbers-only-{election}.csv", out var path))
        {
            return;
        }

        var rows = File.ReadLines(path).Select(line => line.Split(',')).ToList();
        var answers = Enumerable.Range(1, parties).Select(party => (IReadOnlyList<int?>)[.. rows.Skip(1).Select(row => (int?)(2 * int.Parse(row[party])))]).ToList();
        var names = rows[0].Skip(1).ToList();
        Assert.All(answers, row => Assert.Equal(38, row.Count));
        double Match(int a, int b) => PositionMatch.TryMatch([.. answers[a]], [.. answers[b]], [], out var found) ? found.Agreement : double.NaN;
        Assert.All(Enumerable.Range(0, parties), a => Assert.Equal(1, Match(a, a)));
        Assert.All(Enumerable.Range(1, parties - 1), a => Assert.Equal(Match(a, 0), Match(0, a)));
        Assert.True(Match(names.IndexOf("GRÜNE"), names.IndexOf("DIE LINKE")) > Match(names.IndexOf("GRÜNE"), names.IndexOf("NPD")));

        Assert.True(PositionMap.TryCompute(answers, 0, out var map));
        var points = answers.Select(map!.Place).ToList();
        Assert.Equal(0, points.Average(point => point.X), 9);
        Assert.Equal(0, points.Average(point => point.X * point.Y), 9);
        Assert.Equal(1, map.Axis(0).Sum(loading => loading * loading), 9);
        Assert.True(map.ExplainedShares[0] >= map.ExplainedShares[1] && map.ExplainedShares.Sum() is > 0.3 and <= 1);
        Assert.True(Variance(points.Select(p => p.X)) >= Enumerable.Range(0, 38).Max(t => Variance(answers.Select(row => (double)row[t]!))));
    }

    [Fact]
    public void Nobody_can_be_singled_out_from_published_answers()
        => Gen.Select(Gen.Int[0, 5], Gen.Int[-2, 3].Array[3]).Array[0, 80].Sample(people =>
        {
            var published = AnonymousAggregate.Publish(people.Select(p => (p.Item1, (IReadOnlyList<int?>)[.. p.Item2.Select(a => a == 3 ? (int?)null : a)])));
            var sizes = people.CountBy(p => p.Item1).ToDictionary();
            Assert.All(published, group => Assert.True(group.People >= 10 && group.People == group.Divisions.Sum(division => sizes[division])));

            // Groups are disjoint and hold everybody or nobody: sums of groups differ by whole groups, each of at least ten.
            Assert.Equal(published.Sum(group => group.Divisions.Count), published.SelectMany(group => group.Divisions).Distinct().Count());
            Assert.Equal(people.Length >= 10 ? people.Length : 0, published.Sum(group => group.People));
            Assert.All(published.SelectMany(group => group.Theses), cells => Assert.All(cells, cell => Assert.True(cell.People is 0 or >= 3)));
            Assert.All(published, group => Assert.All(group.Theses, cells => Assert.Equal(group.People, cells.Sum(cell => cell.People))));
            Assert.All(published.SelectMany(group => group.Theses), cells => Assert.Equal(6, cells.SelectMany(cell => cell.Answers).Distinct().Count()));
        }, iter: 500);

    [Fact]
    public void The_published_map_shows_no_square_with_fewer_than_five()
    {
        var points = Enumerable.Repeat(new MapPoint(0.2, 0.3), 5).Concat(Enumerable.Repeat(new MapPoint(-0.2, 0.3), 4));
        Assert.Equal([new MapCell(0, 0, 5)], AnonymousMap.Publish(points, 0.5));
    }

    private static double Variance(IEnumerable<double> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        return list.Sum(value => (value - mean) * (value - mean)) / (list.Count - 1);
    }
}
