using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Subscribing;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Moderating;

/// <summary>The people who look after a board, by name: those to whom a grant gives it, themselves or through an office they hold.</summary>
public sealed class BoardKeepers(PlenumDb db, Access access, IMailQueue mail, TimeProvider clock)
{
    private const int MaxKeepers = 50;

    /// <summary>Accounts that can be written to.</summary>
    public async Task<IReadOnlyList<Account>> OfAsync(Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var subjects = await SubjectsAsync(board, cancellation);
        var accounts = subjects.Where(s => s.StartsWith("a:", StringComparison.Ordinal)).Select(s => AccountId.From(Guid.ParseExact(s.AsSpan(2), "N"))).ToList();
        var offices = subjects.Where(s => s.StartsWith("o:", StringComparison.Ordinal)).Select(s => OfficeId.From(Guid.ParseExact(s.AsSpan(2), "N"))).ToArray();
        var now = clock.GetUtcNow().UtcDateTime;
        accounts.AddRange(await db.Set<Office>().Where(o => offices.Contains(o.Id) && o.AbolishedAt == null).SelectMany(o => o.Terms)
            .Where(t => t.From <= now && (t.Until == null || t.Until > now)).Select(t => t.Holder).ToListAsync(cancellation));
        var ids = accounts.Distinct().ToArray();
        return await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id) && a.State == AccountState.Active && a.Email != null)
            .OrderBy(a => a.Login).Take(MaxKeepers).ToListAsync(cancellation);
    }

    /// <summary>A mail to BOARD-owner@ goes to all of them, as it is.</summary>
    internal async Task<IncomingVerdict> ForwardAsync(MailCommand command, CancellationToken cancellation)
    {
        var keepers = await OfAsync(command.Board, cancellation);
        if (keepers is [] || command.Mail.Header.LoopMarks.Contains(command.Board.ListId))
        {
            return IncomingVerdict.Refused("5.2.0", "Nobody looks after this list at the moment.");
        }

        await mail.EnqueueAsync(
            new MailCopies
            {
                Source = DiscussionsModule.Name,
                Blob = command.Mail.Blob,
                Domain = command.Board.Domain!,
                Chain = command.Mail.Authentication.Chain,
                Copies = [.. keepers.Select(k => new MailCopy(k.Email!) { Headers = [new("X-Loop", command.Board.ListId!)] })],
            },
            cancellation);
        return IncomingVerdict.Accepted;
    }

    private async Task<List<string>> SubjectsAsync(Board board, CancellationToken cancellation)
    {
        var table = await access.TableAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var subjects = new List<string>();
        for (var unit = (await access.TreeAsync(cancellation)).Find(board.UnitId); unit is not null; unit = unit.IsPrivate ? null : unit.Parent)
        {
            subjects.AddRange(table.GrantsOn(unit.Id)
                .Where(g => g.IsCurrent(now) && (unit.Id == board.UnitId || g.Inherits))
                .Where(g => table.Roles.GetValueOrDefault(g.Role)?.Permissions.Contains(DiscussionsPermissions.Moderate) == true)
                .Select(g => g.Subject));
        }

        return subjects;
    }
}
