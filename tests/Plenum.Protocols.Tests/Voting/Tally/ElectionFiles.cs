using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.Tally;

/// <summary>An election read from a file.</summary>
internal sealed record Election(IReadOnlyList<string> Options, int Seats, IReadOnlyList<RankedBallot<string>> Ballots)
{
    public long Votes => Ballots.Sum(ballot => ballot.Weight);
}

/// <summary>Reads Debian's tally sheets, the BLT-like .HIL files and .cvotes files.</summary>
internal static partial class ElectionFiles
{
    public static Election Debian(string path)
    {
        var options = new List<string>();
        var ballots = new List<RankedBallot<string>>();
        foreach (var line in File.ReadLines(path))
        {
            if (DebianOption().Match(line) is { Success: true } option)
            {
                options.Add(option.Groups[1].Value.Trim());
            }
            else if (DebianVote().Match(line) is { Success: true } vote)
            {
                // The n-th sign is the rank of option n, 1 best; '-' is no rank.
                ballots.Add(RankedBallot.FromGrades(vote.Groups[1].Value.Select((sign, i) => (sign, i)).Where(pair => pair.sign != '-')
                    .Select(pair => KeyValuePair.Create(options[pair.i], -Convert.ToInt32(pair.sign.ToString(), 16)))));
            }
        }

        return new(options, 1, ballots);
    }

    public static Election Hil(string path)
    {
        var numbers = File.ReadLines(path).TakeWhile(line => !line.StartsWith('"'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length > 0).ToList();
        var ballots = numbers.Skip(1).Where(parts => parts[0] != "0")
            .Select(parts => RankedBallot.Weighted(long.Parse(parts[0], CultureInfo.InvariantCulture), [.. parts.Skip(1).TakeWhile(part => part != "0")])).ToList();
        return new([.. Enumerable.Range(1, int.Parse(numbers[0][0])).Select(number => $"{number}")], int.Parse(numbers[0][1]), ballots);
    }

    public static Election Cvotes(string path)
    {
        var lines = File.ReadAllLines(path);
        string? Setting(string name) => lines.FirstOrDefault(line => line.StartsWith($"#/{name}:", StringComparison.Ordinal))?[(name.Length + 3)..].Trim();
        var ballots = new List<RankedBallot<string>>();
        foreach (var line in lines.Where(line => line.Trim().Length > 0 && line[0] != '#'))
        {
            // "A > B = C ^ weight * count"; the weight counts only where the file allows it, and none of these does.
            var parts = line.Split('*');
            var count = parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
            var ranking = parts[0].Split('^')[0].Trim();
            ballots.Add(ranking == "/EMPTY_RANKING/" ? new([], count) : new(
                ranking.Split('>').Select(rank => (IReadOnlyList<string>)[.. rank.Split('=').Select(name => name.Trim())]), count));
        }

        return new([.. Setting("Candidates")!.Split(';').Select(name => name.Trim())], int.Parse(Setting("Number of Seats") ?? "1"), ballots);
    }

    [GeneratedRegex(@"Option \w+-+>: (.+)$")]
    private static partial Regex DebianOption();

    [GeneratedRegex(@"^V: ([-0-9A-F]+)\s")]
    private static partial Regex DebianVote();
}
