using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;

namespace Plenum.Testing.Node;

/// <summary>
/// Writes numbers and an event for each, and handles the events, all in the audit log; kills itself (SIGKILL) at the commit it is told.
/// Settings: Node:Die = committing:3 | committed:3 | never; Node:From = first number.
/// </summary>
internal static class Counting
{
    private const int Numbers = 3;

    public static void Register(ModuleBuilder module)
    {
        module.AddEvent<Counted>("node.counted").AddEventHandler<Counted, Handle>("node.handle");
        module.Services.AddSingleton<DieAt>();
        module.Services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<DieAt>());
        foreach (var background in module.Services.Where(s => s.ServiceType == typeof(IHostedService)).ToList())
        {
            module.Services.Remove(background); // Every commit here is one the test counts.
        }
    }

    public static async Task<int> RunAsync(IHost host)
    {
        var from = host.Services.GetRequiredService<IConfiguration>().GetValue<int>("Node:From");
        host.Services.GetRequiredService<DieAt>().Begin();
        for (var number = from; number < from + Numbers; number++)
        {
            await using (var db = await host.Services.GetRequiredService<IDbContextFactory<PlenumDb>>().CreateDbContextAsync())
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                host.Services.GetRequiredService<Audit>().Record(db, null, "node.written", number.ToString(CultureInfo.InvariantCulture));
                host.Services.GetRequiredService<Outbox>().Add(db, new Counted(number));
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }

            Console.WriteLine(number); // The acknowledgement.
            await host.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        }

        return 0;
    }

    private sealed record Counted(int Number);

    private sealed class Handle(PlenumDb db, Audit audit) : IEventHandler<Counted>
    {
        public Task HandleAsync(Counted happened, CancellationToken cancellation)
        {
            audit.Record(db, null, "node.handled", happened.Number.ToString(CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        }
    }

    private sealed class DieAt(IConfiguration configuration) : DbTransactionInterceptor
    {
        private readonly string _point = configuration["Node:Die"] ?? "never";
        private int _commits = int.MinValue;

        public void Begin() => _commits = 0;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            System.Data.Common.DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            _commits++;
            DieIf("committing");
            return new(result);
        }

        public override Task TransactionCommittedAsync(
            System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            DieIf("committed");
            return Task.CompletedTask;
        }

        private void DieIf(string moment)
        {
            if (_point == string.Create(CultureInfo.InvariantCulture, $"{moment}:{_commits}"))
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
