using Plenum.Contracts.Site;
using Plenum.Kernel.Organisation;

namespace Plenum.Site.Units;

/// <summary>Everything the page of a unit shows.</summary>
public sealed record UnitOverview
{
    public required UnitNode Node { get; init; }

    /// <summary>Markdown; empty if the unit says nothing of itself.</summary>
    public required string Description { get; init; }

    public required string Contact { get; init; }

    public required string Languages { get; init; }

    public required string? WebDomain { get; init; }

    public required DateTime Since { get; init; }

    public required IReadOnlyList<OfficeLine> Offices { get; init; }

    public required IReadOnlyList<UnitDoor> Services { get; init; }

    public required IReadOnlyList<NewestSlot> Newest { get; init; }
}

/// <summary>An office with those who hold it now.</summary>
/// <param name="Mail">Address of the office, whoever holds it; null if it has none.</param>
public sealed record OfficeLine(string Title, string? Mail, IReadOnlyList<OfficeHolder> Holders);

/// <param name="Until">First day after the term; null while open-ended.</param>
public sealed record OfficeHolder(string Name, string Login, bool IsActing, DateTime Since, DateTime? Until);

/// <summary>The newest things of one module.</summary>
public sealed record NewestSlot(NewestKind Kind, string TitleKey, string? MoreHref, IReadOnlyList<NewestThing> Things);
