using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions;

/// <summary>A board has new readers or another name.</summary>
public sealed record BoardChanged(BoardId Board);

/// <summary>What people say of a board when they make or change it.</summary>
public sealed record BoardDescription
{
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public string Language { get; init; } = "de";

    public required Audience Readers { get; init; }

    /// <summary>Null: it only announces.</summary>
    public required Audience? Writers { get; init; }

    public StrangerRule Strangers { get; init; }
}

/// <summary>Making and changing boards.</summary>
public sealed class BoardService(PlenumDb db, Access access, Outbox outbox, Audit audit, TimeProvider clock)
{
    /// <param name="mailbox">"local@domain" of its mail face, or null for none.</param>
    /// <exception cref="DeniedException">The viewer may not manage boards of the unit.</exception>
    /// <exception cref="RuleException">Slug or address is taken or impossible.</exception>
    public async Task<Board> CreateAsync(Viewer viewer, OrgUnitId unit, string slug, string? mailbox, BoardDescription description, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(description);
        await access.DemandAsync(viewer, DiscussionsPermissions.Manage, unit, cancellation);
        var board = new Board(unit, Slug.Parse(slug), description.Title, description.Language, clock.GetUtcNow().UtcDateTime);
        if (await db.Set<Board>().AnyAsync(b => b.Slug == board.Slug, cancellation) || BoardPaths.Reserved.Contains(board.Slug))
        {
            throw new RuleException("discussions.board.slug-taken", board.Slug);
        }

        if (!string.IsNullOrWhiteSpace(mailbox))
        {
            await GiveAddressAsync(board, mailbox, cancellation);
        }

        await DescribeAsync(board, description, cancellation);
        db.Add(board);
        audit.Record(db, viewer.Account, "discussions.board-created", board.Slug);
        await db.SaveChangesAsync(cancellation);
        return board;
    }

    /// <exception cref="DeniedException">The viewer may not manage boards of the unit.</exception>
    /// <exception cref="RuleException">A value is impossible.</exception>
    public async Task ChangeAsync(Viewer viewer, BoardId id, BoardDescription description, string? mailbox, bool isClosed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(description);
        var board = await db.Set<Board>().SingleAsync(b => b.Id == id, cancellation);
        await access.DemandAsync(viewer, DiscussionsPermissions.Manage, board.UnitId, cancellation);
        if (board.Address is null && !string.IsNullOrWhiteSpace(mailbox))
        {
            await GiveAddressAsync(board, mailbox, cancellation);
        }

        await DescribeAsync(board, description, cancellation);
        if (isClosed)
        {
            board.Close(clock.GetUtcNow().UtcDateTime);
        }
        else
        {
            board.Reopen();
        }

        outbox.Add(db, new BoardChanged(board.Id));
        audit.Record(db, viewer.Account, "discussions.board-changed", board.Slug);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task DescribeAsync(Board board, BoardDescription description, CancellationToken cancellation)
    {
        board.Describe(description.Title, description.Description, description.Language);
        board.Admit(
            await access.AudienceIdAsync(db, description.Readers, cancellation),
            description.Writers is { } writers ? await access.AudienceIdAsync(db, writers, cancellation) : null,
            description.Strangers);
    }

    private async Task GiveAddressAsync(Board board, string mailbox, CancellationToken cancellation)
    {
        if (!MailAddress.TryParse(mailbox.Trim(), out var address))
        {
            throw new RuleException("discussions.board.address-invalid", mailbox, Board.MaxLocalPartLength);
        }

        if (!(await access.TreeAsync(cancellation)).MailDomains.Any(ours => address.Domain == ours || address.Domain.EndsWith("." + ours, StringComparison.Ordinal)))
        {
            throw new RuleException("discussions.board.address-elsewhere", address.Domain); // The house would take the domain for its own, and no mail reached its owner.
        }

        board.UseAddress(address.LocalPart, address.Domain);
        if (await db.Set<Board>().AnyAsync(b => b.LocalPart == board.LocalPart && b.Domain == board.Domain && b.Id != board.Id, cancellation))
        {
            throw new RuleException("discussions.board.address-taken", board.Address);
        }
    }
}

/// <summary>Words below /boards/ that are no board.</summary>
internal static class BoardPaths
{
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.Ordinal) { "new", "one-click", "unsubscribe", "confirm" };
}
