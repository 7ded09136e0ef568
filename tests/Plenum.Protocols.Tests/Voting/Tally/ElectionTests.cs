using Plenum.Testing;
using Plenum.Voting.Schulze;
using Plenum.Voting.Stv;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.Tally;

/// <summary>Real elections with known results, and the invariants every count must keep on the others.</summary>
public sealed class ElectionTests
{
    [Fact]
    public void Real_elections_have_their_known_results()
    {
        if (!SharedData.TryFind("votes-ranked", out var folder))
        {
            VectorSet.ReportAbsent("elections");
            return;
        }

        var failures = new List<string>();
        var (passed, total) = (0, 0);
        void Check(string name, bool isRight)
        {
            total++;
            passed += isRight ? 1 : 0;
            if (!isRight)
            {
                failures.Add(name);
            }
        }

        var debian2006 = ElectionFiles.Debian($"{folder}/debian/leader2006_tally.txt");
        Check("2006: votes", debian2006.Votes == 421);
        Check("2006: left out is last", Order(debian2006, UnrankedOptions.RankedLast)
            == "Anthony Towns > Steve McIntyre > Andreas Schuldei = Jeroen van Wolffelaar > Bill Allombert > None Of The Above > Ari Pollak > Jonathan aka Ted Walther");
        Check("2006: left out is no opinion", Order(debian2006, UnrankedOptions.NoOpinion).StartsWith("Steve McIntyre >", StringComparison.Ordinal));
        var debian2020 = ElectionFiles.Debian($"{folder}/debian/leader2020_tally.txt");
        Check("2020: votes", debian2020.Votes == 339);
        Check("2020: order", Order(debian2020, UnrankedOptions.RankedLast) == "Jonathan Carter > Sruthi Chandran > Brian Gupta > None Of The Above");
        foreach (var (name, votes, seats) in new[] { ("A77", 213, 1), ("A1", 380, 3) })
        {
            var election = ElectionFiles.Hil($"{folder}/tideman/{name}.HIL");
            Check($"{name}: votes and seats", election.Votes == votes && election.Seats == seats);
            Check($"{name}: counts", KeepsInvariants(election));
        }

        var test3 = ElectionFiles.Cvotes($"{folder}/tideman/test3.cvotes");
        Check("test3", test3.Votes == 700 && Order(test3, UnrankedOptions.RankedLast) == "C > B > A");
        foreach (var file in Directory.EnumerateFiles($"{folder}/tideman", "*.cvotes").Order(StringComparer.Ordinal))
        {
            Check(Path.GetFileName(file), KeepsInvariants(ElectionFiles.Cvotes(file)));
        }

        VectorSet.Report("elections", passed, total);
        Assert.Empty(failures);
    }

    private static string Order(Election election, UnrankedOptions unranked)
        => string.Join(" > ", SchulzeMethod.Rank(PairwiseMatrix.Count(election.Options, election.Ballots, unranked)).Ranks
            .Select(rank => string.Join(" = ", rank.Order(StringComparer.Ordinal)))).Replace("None of", "None Of", StringComparison.Ordinal);

    private static bool KeepsInvariants(Election election)
    {
        var matrix = PairwiseMatrix.Count(election.Options, election.Ballots);
        var result = SchulzeMethod.Rank(matrix);
        var numbers = PairwiseMatrix.FromCounts(Enumerable.Range(0, election.Options.Count), (a, b) => matrix[election.Options[a], election.Options[b]]);
        var byHand = SchulzePathsByHand.Of(numbers, DefeatStrength.Margins);
        var unbeaten = numbers.Options.Where(i => !numbers.Options.Any(j => byHand.Beats(j, i))).Select(i => election.Options[i]);
        return result.Winners.SequenceEqual(unbeaten)
            && (!matrix.TryGetCondorcetWinner(out var winner) || result.Winners is [var only] && only == winner)
            && IsWhole(ScottishStv.Count(election.Seats, election.Options, election.Ballots), election)
            && IsWhole(MeekStv.Count(election.Seats, election.Options, election.Ballots), election);
    }

    private static bool IsWhole(StvResult<string> result, Election election)
    {
        var valid = election.Ballots.Where(ballot => ballot.Ranks.Count > 0).Sum(ballot => ballot.Weight);
        return result.Elected.Distinct().Count() == Math.Min(election.Seats, election.Options.Count)
            && result.Stages.All(stage => stage.Votes.Values.Sum() + stage.NonTransferable == valid);
    }
}
