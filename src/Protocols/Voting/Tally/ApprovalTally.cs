namespace Plenum.Voting.Tally;

/// <summary>An option's approvals.</summary>
/// <param name="Approvals">Weight of the ballots that approve of it.</param>
public readonly record struct ApprovalCount<TOption>(TOption Option, long Approvals)
    where TOption : notnull;

/// <summary>Approval voting: each ballot approves of any number of options, the most approved ones win.</summary>
public static class ApprovalTally
{
    /// <summary>Counts; most approvals first, equal ones in the order of <paramref name="options"/>.</summary>
    /// <param name="options">Every option, each once.</param>
    /// <param name="ballots">Approved options and the ballot's weight; names that are no option and repetitions are passed over.</param>
    public static IReadOnlyList<ApprovalCount<TOption>> Count<TOption>(
        IEnumerable<TOption> options, IEnumerable<(IEnumerable<TOption> Approved, long Weight)> ballots)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ballots);
        TOption[] all = [.. options.Distinct()];
        var counts = all.ToDictionary(option => option, _ => 0L);
        foreach (var (approved, weight) in ballots)
        {
            foreach (var option in approved.Distinct())
            {
                if (counts.TryGetValue(option, out var before))
                {
                    counts[option] = before + weight;
                }
            }
        }

        return [.. all.Select(option => new ApprovalCount<TOption>(option, counts[option])).OrderByDescending(count => count.Approvals)];
    }

    /// <summary>The options that share the most approvals: one, or several that only a further rule (a run-off, the lot) can part.</summary>
    public static IReadOnlyList<TOption> Winners<TOption>(IReadOnlyList<ApprovalCount<TOption>> counts)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(counts);
        var most = counts.Count == 0 ? 0 : counts.Max(count => count.Approvals);
        return [.. counts.Where(count => count.Approvals == most).Select(count => count.Option)];
    }
}
