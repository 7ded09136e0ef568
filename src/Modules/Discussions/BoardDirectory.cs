using Microsoft.Extensions.DependencyInjection;
using Plenum.Discussions.Data;
using Plenum.Discussions.Domain;
using Plenum.Kernel;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Discussions;

/// <summary>The boards, and who may read, write and moderate them.</summary>
public sealed class BoardDirectory(IServiceScopeFactory scopes, StampWatch watch, Access access) : IDisposable
{
    private readonly Snapshot<BoardTable> _table = new(scopes, watch, BoardTable.Stamp, BoardTable.LoadAsync);

    public ValueTask<BoardTable> TableAsync(CancellationToken cancellation) => _table.GetAsync(cancellation);

    /// <summary>The boards a viewer may read, sorted by title.</summary>
    public async ValueTask<IReadOnlyList<Board>> ReadableAsync(Viewer viewer, CancellationToken cancellation)
    {
        var readable = new List<Board>();
        foreach (var board in (await TableAsync(cancellation)).All)
        {
            if (await MayReadAsync(viewer, board, cancellation))
            {
                readable.Add(board);
            }
        }

        return readable;
    }

    /// <returns>Null for a board that does not exist and for one the viewer may not read: nobody learns which.</returns>
    public async ValueTask<Board?> FindAsync(Viewer viewer, string slug, CancellationToken cancellation)
        => (await TableAsync(cancellation)).Find(slug) is { } board && await MayReadAsync(viewer, board, cancellation) ? board : null;

    /// <summary>Everyone in its audience, and those who moderate it.</summary>
    public async ValueTask<bool> MayReadAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        return viewer.Audiences.Contains(board.ReaderAudienceId) || await MayModerateAsync(viewer, board, cancellation);
    }

    /// <summary>Everyone in the audience of its writers who may read it, and those who moderate it; nobody once it is closed.</summary>
    public async ValueTask<bool> MayWriteAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        return !board.IsClosed
            && ((board.WriterAudienceId is { } writers && viewer.Audiences.Contains(writers) && viewer.Audiences.Contains(board.ReaderAudienceId))
                || await MayModerateAsync(viewer, board, cancellation));
    }

    public async ValueTask<bool> MayModerateAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        return viewer.IsSignedIn && await access.MayAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation);
    }

    /// <exception cref="DeniedException">The viewer may not write there.</exception>
    public async ValueTask DemandWriteAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        if (board.IsClosed)
        {
            throw new RuleException("discussions.board.is-closed", board.Title);
        }

        if (!viewer.IsSignedIn || !await MayWriteAsync(viewer, board, cancellation))
        {
            throw new DeniedException(DiscussionsPermissions.Write.Name, board.UnitId);
        }
    }

    public void Dispose() => _table.Dispose();
}
