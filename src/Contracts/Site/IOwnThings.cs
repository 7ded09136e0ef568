using Plenum.Contracts.Organisation;

namespace Plenum.Contracts.Site;

/// <summary>What a module has for one person on the page "My things": what waits, what was begun.</summary>
/// <remarks>Scoped; answers from an index.</remarks>
public interface IOwnThings
{
    /// <summary>Lower comes first.</summary>
    int Order { get; }

    /// <summary>Key of the heading.</summary>
    string TitleKey { get; }

    /// <param name="audiences">Ids of the audiences the person belongs to.</param>
    /// <param name="count">How many at most.</param>
    ValueTask<IReadOnlyList<OwnThing>> OfAsync(AccountId account, IReadOnlyCollection<int> audiences, int count, CancellationToken cancellation);
}

/// <param name="At">UTC, or null.</param>
/// <param name="Note">A few words in plain text, in the reader's language.</param>
/// <param name="Waits">It waits for the person.</param>
public sealed record OwnThing(string Title, string Href, DateTime? At = null, string? Note = null, bool Waits = false);
