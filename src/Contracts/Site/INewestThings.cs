using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.Site;

/// <summary>What a module shows of itself on the home page and on the pages of units: the newest things to read.</summary>
/// <remarks>
/// Scoped. Answers from an index within milliseconds, because each page asks every module. Guests get these pages from a cache: a module
/// whose public things change registers a <c>PublicPageStamp</c> of the user interface, else they show up to a minute later.
/// </remarks>
public interface INewestThings
{
    NewestKind Kind { get; }

    /// <summary>Key of the heading.</summary>
    string TitleKey { get; }

    /// <param name="unit">A unit; the root for the home page.</param>
    /// <param name="withBelow">Also of every unit below.</param>
    /// <param name="audiences">Ids of the audiences the reader belongs to; nothing else is shown.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Newest first; empty hides the slot.</returns>
    ValueTask<IReadOnlyList<NewestThing>> NewestAsync(
        OrgUnitId unit, bool withBelow, IReadOnlyCollection<int> audiences, int count, CancellationToken cancellation);

    /// <summary>Where all of them are, from the root of the site; null if there is no such page.</summary>
    string? MoreHref(string unitPath);
}

/// <summary>Decides the place on the page.</summary>
public enum NewestKind
{
    /// <summary>What the organisation says: announcements, releases.</summary>
    News,

    /// <summary>What its members say.</summary>
    Discussion,

    /// <summary>What will take place; ordered by date, the next first.</summary>
    Event,
}

/// <param name="At">UTC: when it was written; of an event, when it begins.</param>
public sealed record NewestThing(string Title, string Href, DateTime At)
{
    /// <summary>Display name of who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>Where it stands: a board, a place.</summary>
    public string? Place { get; init; }

    /// <summary>Its beginning in plain text; the page cuts it.</summary>
    public string? Excerpt { get; init; }

    public int Replies { get; init; }
}
