namespace Plenum.Voting.Sextant;

/// <summary>The phases of a poll.</summary>
public enum PollPhase
{
    Draft,

    /// <summary>Everybody entitled adds options and may delete his own.</summary>
    Collection,

    /// <summary>Editors merge duplicates; what they do is logged and the collected list stays public.</summary>
    Editing,

    /// <summary>Each ballot may be changed or withdrawn until the end.</summary>
    Voting,
    Closed,
    Archived,
}

/// <summary>Deadlines of a poll; each phase lasts until the next one's instant, so that nobody has to switch it by hand.</summary>
/// <param name="CollectionFrom">Null if the options are given.</param>
/// <param name="EditingFrom">Null if nothing is edited.</param>
/// <param name="ArchivedFrom">Null if it stays in sight.</param>
/// <param name="HidesResults">Results are shown only after the close.</param>
public sealed record PollSchedule(
    DateTimeOffset? CollectionFrom, DateTimeOffset? EditingFrom, DateTimeOffset VotingFrom, DateTimeOffset ClosedFrom, DateTimeOffset? ArchivedFrom, bool HidesResults)
{
    /// <summary>The deadlines follow each other in the order of the phases.</summary>
    public bool IsInOrder
    {
        get
        {
            DateTimeOffset[] given = [.. new[] { CollectionFrom, EditingFrom, VotingFrom, ClosedFrom, ArchivedFrom }.OfType<DateTimeOffset>()];
            return given.Zip(given.Skip(1)).All(pair => pair.First < pair.Second);
        }
    }

    /// <summary>The phase at an instant; a deadline belongs to the phase it begins.</summary>
    public PollPhase PhaseAt(DateTimeOffset now)
        => now >= ArchivedFrom ? PollPhase.Archived
            : now >= ClosedFrom ? PollPhase.Closed
            : now >= VotingFrom ? PollPhase.Voting
            : now >= EditingFrom ? PollPhase.Editing
            : now >= CollectionFrom ? PollPhase.Collection
            : PollPhase.Draft;

    /// <summary>Whether results may be shown at an instant.</summary>
    public bool ShowsResultsAt(DateTimeOffset now) => PhaseAt(now) >= (HidesResults ? PollPhase.Closed : PollPhase.Voting);
}
