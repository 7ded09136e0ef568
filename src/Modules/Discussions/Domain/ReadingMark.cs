using Plenum.Contracts.Organisation;

namespace Plenum.Discussions.Domain;

/// <summary>How far an account has read a thread.</summary>
public sealed class ReadingMark
{
    public required AccountId AccountId { get; init; }

    public required ThreadId ThreadId { get; init; }

    /// <summary>Time of the newest post it has seen.</summary>
    public required DateTime ReadUpTo { get; set; }
}

/// <summary>Before this instant an account counts everything on a board as read: it came to the board then, or said so.</summary>
public sealed class BoardMark
{
    public required AccountId AccountId { get; init; }

    public required BoardId BoardId { get; init; }

    public required DateTime ReadUpTo { get; set; }
}

/// <summary>How far the import of a file into a board has come.</summary>
public sealed class ImportProgress
{
    public required BoardId BoardId { get; init; }

    /// <summary>SHA-256 of the file's name, length and beginning.</summary>
    public required string Source { get; init; }

    /// <summary>Octets of the file that are done; a multiple of whole messages.</summary>
    public required long Offset { get; set; }

    public required DateTime UpdatedAt { get; set; }
}
