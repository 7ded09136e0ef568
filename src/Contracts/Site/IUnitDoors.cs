using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.Site;

/// <summary>What a unit offers through a module, as doors on its page: its boards, lists, rooms, folders.</summary>
/// <remarks>Scoped; answers from memory or an index.</remarks>
public interface IUnitDoors
{
    /// <summary>Lower comes first.</summary>
    int Order { get; }

    /// <param name="audiences">Ids of the audiences the reader belongs to.</param>
    /// <returns>A handful; a module with more offers a page that lists them.</returns>
    ValueTask<IReadOnlyList<UnitDoor>> OfAsync(OrgUnitId unit, IReadOnlyCollection<int> audiences, CancellationToken cancellation);
}

/// <param name="Icon">Name in the icon sprite.</param>
/// <param name="Text">One sentence in plain text.</param>
public sealed record UnitDoor(string Title, string Href, string Icon, string? Text = null);
