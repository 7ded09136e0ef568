namespace Plenum.Voting.Sextant;

/// <summary>Why a poll ballot counts or not. An invalid one may be stored and shown to its owner; it does not count.</summary>
public enum BallotValidity
{
    Valid,

    /// <summary>Empty: nothing was distributed or answered.</summary>
    Empty,
    UnknownOption,
    NegativePoints,

    /// <summary>The points do not add up to exactly what is to be distributed.</summary>
    WrongSum,
}

/// <summary>One option's result in a points poll.</summary>
/// <param name="Points">Sum over all valid ballots.</param>
/// <param name="People">How many gave at least one point.</param>
/// <param name="Mean">Points per person who gave any; 0 if nobody did.</param>
/// <param name="Share">Of all points, 0 to 1.</param>
public readonly record struct PointsResult<TOption>(TOption Option, long Points, int People, double Mean, double Share)
    where TOption : notnull;

/// <summary>A poll in which everybody distributes exactly the same number of points; one point and two options make a yes/no question.</summary>
/// <param name="Options">Each once; never reordered after the first ballot.</param>
/// <param name="Points">What each ballot distributes, at least 1.</param>
public sealed record PointsPoll<TOption>(IReadOnlyList<TOption> Options, int Points)
    where TOption : notnull
{
    /// <summary>Whether a ballot counts; shown live while it is filled in.</summary>
    public BallotValidity Check(IReadOnlyDictionary<TOption, int> ballot)
    {
        ArgumentNullException.ThrowIfNull(ballot);
        var sum = ballot.Values.Sum(points => (long)points);
        return ballot.Keys.Any(option => !Options.Contains(option)) ? BallotValidity.UnknownOption
            : ballot.Values.Any(points => points < 0) ? BallotValidity.NegativePoints
            : sum == 0 ? BallotValidity.Empty
            : sum != Points ? BallotValidity.WrongSum
            : BallotValidity.Valid;
    }

    /// <summary>Results in the order of the options; ballots that are not valid are passed over.</summary>
    public IReadOnlyList<PointsResult<TOption>> Count(IEnumerable<IReadOnlyDictionary<TOption, int>> ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        var valid = ballots.Where(ballot => Check(ballot) == BallotValidity.Valid).ToList();
        var all = (double)valid.Count * Points;
        return [.. Options.Select(option =>
        {
            var given = valid.Select(ballot => ballot.GetValueOrDefault(option)).Where(points => points > 0).ToList();
            var sum = given.Sum(points => (long)points);
            return new PointsResult<TOption>(option, sum, given.Count, given.Count == 0 ? 0 : (double)sum / given.Count, all == 0 ? 0 : sum / all);
        })];
    }
}

/// <summary>One option's result in an approval poll.</summary>
/// <param name="Approval">yes / (yes + no); null if nobody answered yes or no.</param>
public readonly record struct ApprovalResult<TOption>(TOption Option, int Yes, int No, double? Approval)
    where TOption : notnull;

/// <summary>A poll with yes, no or "don't care" for each option.</summary>
public sealed record ApprovalPoll<TOption>(IReadOnlyList<TOption> Options)
    where TOption : notnull
{
    /// <summary>Whether a ballot counts. True is yes, false is no, an option left out is "don't care".</summary>
    public BallotValidity Check(IReadOnlyDictionary<TOption, bool> ballot)
    {
        ArgumentNullException.ThrowIfNull(ballot);
        return ballot.Keys.Any(option => !Options.Contains(option)) ? BallotValidity.UnknownOption
            : ballot.Count == 0 ? BallotValidity.Empty
            : BallotValidity.Valid;
    }

    /// <summary>Results in the order of the options; ballots that are not valid are passed over.</summary>
    public IReadOnlyList<ApprovalResult<TOption>> Count(IEnumerable<IReadOnlyDictionary<TOption, bool>> ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        var valid = ballots.Where(ballot => Check(ballot) == BallotValidity.Valid).ToList();
        return [.. Options.Select(option =>
        {
            var yes = valid.Count(ballot => ballot.TryGetValue(option, out var answer) && answer);
            var no = valid.Count(ballot => ballot.TryGetValue(option, out var answer) && !answer);
            return new ApprovalResult<TOption>(option, yes, no, yes + no == 0 ? null : (double)yes / (yes + no));
        })];
    }
}
