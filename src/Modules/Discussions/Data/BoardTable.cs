using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Data;

/// <summary>All boards in memory, as of one moment: every page and every RCPT asks for them. 2,000 boards take about 2 MB.</summary>
public sealed class BoardTable
{
    private readonly FrozenDictionary<BoardId, Board> _byId;
    private readonly FrozenDictionary<string, Board> _bySlug;
    private readonly FrozenDictionary<string, Board> _byAddress;

    private BoardTable(IReadOnlyCollection<Board> boards)
    {
        All = [.. boards.OrderBy(b => b.Title, StringComparer.InvariantCultureIgnoreCase)];
        _byId = boards.ToFrozenDictionary(b => b.Id);
        _bySlug = boards.ToFrozenDictionary(b => b.Slug, StringComparer.Ordinal);
        _byAddress = boards.Where(b => b.Address is not null).ToFrozenDictionary(b => b.Address!, StringComparer.Ordinal);
        Domains = boards.Select(b => b.Domain).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Name of the stamp that says when this is old.</summary>
    public const string Stamp = "discussions.boards";

    /// <summary>Sorted by title.</summary>
    public IReadOnlyList<Board> All { get; }

    /// <summary>Domains of all board addresses.</summary>
    public FrozenSet<string> Domains { get; }

    public Board? Find(BoardId id) => _byId.GetValueOrDefault(id);

    public Board? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <param name="address">Local part in lower case, domain as stored.</param>
    public Board? FindByAddress(string address) => _byAddress.GetValueOrDefault(address);

    internal static async Task<BoardTable> LoadAsync(PlenumDb db, CancellationToken cancellation)
        => new(await db.Set<Board>().AsNoTracking().ToListAsync(cancellation));
}
