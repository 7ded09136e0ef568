namespace Plenum.Voting.Sextant;

/// <summary>How many gave one of some answers.</summary>
/// <param name="Answers">Neighbouring answers from -2 to 2; null stands for skipped. Several where single ones were too few.</param>
/// <param name="People">0 or at least <see cref="AnonymousAggregate.MinimumCell"/>.</param>
public sealed record AnswerCell(IReadOnlyList<int?> Answers, int People);

/// <summary>Published answers of some divisions together.</summary>
/// <param name="Divisions">More than one where single ones are too small.</param>
/// <param name="People">At least <see cref="AnonymousAggregate.MinimumPeople"/>.</param>
/// <param name="Theses">Per thesis the cells, which add up to <paramref name="People"/>.</param>
public sealed record DivisionAnswers<TDivision>(IReadOnlyList<TDivision> Divisions, int People, IReadOnlyList<IReadOnlyList<AnswerCell>> Theses)
    where TDivision : notnull;

/// <summary>
/// Answers per division from which nobody can be singled out. Divisions are published once each, in one group of at least ten people, and no total besides
/// that is not the sum of groups: so any two published sets of people, and any sums of them, are equal or differ by at least ten people.
/// </summary>
public static class AnonymousAggregate
{
    /// <summary>Fewest people of a published group.</summary>
    public const int MinimumPeople = 10;

    /// <summary>Fewest people of a published answer; fewer are put together with the neighbouring answer.</summary>
    public const int MinimumCell = 3;

    /// <summary>Groups the divisions: those large enough alone, the others together, with the smallest large one if they are too few.</summary>
    /// <param name="participants">Each once, with his division and one answer per thesis.</param>
    /// <returns>Nothing if there are fewer than ten people in all or rows differ in length.</returns>
    public static IReadOnlyList<DivisionAnswers<TDivision>> Publish<TDivision>(IEnumerable<(TDivision Division, IReadOnlyList<int?> Answers)> participants)
        where TDivision : notnull
    {
        ArgumentNullException.ThrowIfNull(participants);
        var byDivision = participants.GroupBy(participant => participant.Division).Select(group => (Divisions: new List<TDivision> { group.Key }, Rows: group.Select(p => p.Answers).ToList())).ToList();
        var groups = byDivision.Where(group => group.Rows.Count >= MinimumPeople).ToList();
        var small = byDivision.Where(group => group.Rows.Count < MinimumPeople).ToList();
        if (small.Count > 0)
        {
            var rest = (Divisions: small.SelectMany(group => group.Divisions).ToList(), Rows: small.SelectMany(group => group.Rows).ToList());
            if (rest.Rows.Count < MinimumPeople && groups.Count > 0)
            {
                var smallest = groups.MinBy(group => group.Rows.Count);
                groups.Remove(smallest);
                rest = ([.. smallest.Divisions, .. rest.Divisions], [.. smallest.Rows, .. rest.Rows]);
            }

            groups.Add(rest);
        }

        var theses = byDivision.Count == 0 ? 0 : byDivision[0].Rows[0].Count;
        if (groups.Exists(group => group.Rows.Exists(row => row.Count != theses || !row.All(PositionMatch.IsAnswer))))
        {
            return [];
        }

        return [.. groups.Where(group => group.Rows.Count >= MinimumPeople).Select(group => new DivisionAnswers<TDivision>(
            group.Divisions, group.Rows.Count, [.. Enumerable.Range(0, theses).Select(t => Cells([.. group.Rows.Select(row => row[t])]))]))];
    }

    /// <summary>Counts per answer; too small ones join the smaller neighbour, "skipped" joins the middle.</summary>
    private static List<AnswerCell> Cells(int?[] answers)
    {
        var cells = Enumerable.Range(-PositionMatch.StrongestAnswer, (2 * PositionMatch.StrongestAnswer) + 1)
            .Select(value => new AnswerCell([value], answers.Count(answer => answer == value))).ToList();
        var skipped = new AnswerCell([null], answers.Count(answer => answer is null));
        if (IsTooSmall(skipped))
        {
            Join(cells, cells.FindIndex(cell => cell.Answers.Contains(0)), skipped);
        }
        else
        {
            cells.Add(skipped);
        }

        var graded = cells.Count(cell => !cell.Answers.SequenceEqual([null]));
        while (graded > 1 && cells.FindIndex(0, graded, IsTooSmall) is >= 0 and var small)
        {
            var neighbour = small == 0 ? 1 : small == graded - 1 || cells[small - 1].People <= cells[small + 1].People ? small - 1 : small + 1;
            Join(cells, neighbour, cells[small], before: small < neighbour);
            cells.RemoveAt(small);
            graded--;
        }

        if (graded == 1 && IsTooSmall(cells[0]))
        {
            return [new([.. cells.SelectMany(cell => cell.Answers)], answers.Length)];
        }

        return cells;
    }

    private static bool IsTooSmall(AnswerCell cell) => cell.People is > 0 and < MinimumCell;

    private static void Join(List<AnswerCell> cells, int into, AnswerCell joined, bool before = false)
        => cells[into] = new(
            before ? [.. joined.Answers, .. cells[into].Answers] : [.. cells[into].Answers, .. joined.Answers], cells[into].People + joined.People);
}
