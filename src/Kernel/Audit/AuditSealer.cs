using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

/// <summary>Seals new entries twice a second, one node at a time: writers never wait for the chain.</summary>
public sealed partial class AuditSealer(IServiceScopeFactory scopes, AuditHead head, TimeProvider clock, ILogger<AuditSealer> log) : BackgroundService
{
    private const long SealLock = 0x506C_6175_6469; // "Plaudi": an advisory lock of PostgreSQL, held for one transaction.
    private const int BatchSize = 500; // One transaction; on SQLite it holds the only writer.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private long _noted = -1;

    /// <summary>Seals everything that is committed now, unless another node is at it.</summary>
    public async Task SealAsync(CancellationToken cancellation)
    {
        while (await SealBatchAsync(cancellation))
        {
        }

        await NoteEndAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await SealAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> SealBatchAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        if (!await db.Set<AuditEntry>().AnyAsync(e => e.Position == null, cancellation))
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (db.IsPostgreSql
            && !(await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({SealLock}) AS \"Value\"").ToListAsync(cancellation)).Single())
        {
            return false;
        }

        if (await AuditChain.SealAsync(db, BatchSize, cancellation) is not { } end)
        {
            return false;
        }

        await transaction.CommitAsync(cancellation);
        Note(end);
        return true;
    }

    // What other nodes sealed is noted here too, so every node can witness.
    private async Task NoteEndAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await AuditChain.EndAsync(scope.ServiceProvider.GetRequiredService<PlenumDb>(), cancellation) is { } end)
        {
            Note(end);
        }
    }

    private void Note(SealedHead end)
    {
        if (_noted < 0)
        {
            _noted = head.Read()?.Position ?? 0;
        }

        if (end.Position > _noted)
        {
            head.Write(end);
            _noted = end.Position;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log could not be sealed; it is tried again")]
    private partial void LogFailed(Exception failed);
}
