using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Testing.Node;

/// <summary>Works on a disk that is too small, and says what happens: a line for each step.</summary>
internal static class Filling
{
    private const int TooMuch = 16 * 1024 * 1024;

    public static async Task<int> RunAsync(IHost host)
    {
        await host.Services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        var (store, folder) = (host.Services.GetRequiredService<IBlobStore>(), host.Services.GetRequiredService<DataFolder>());
        Say("blob", await FaultOfAsync(() => store.PutAsync(new MemoryStream(new byte[TooMuch]), long.MaxValue, CancellationToken.None)));
        Say("left", Directory.GetFiles(folder.Blobs, "*", SearchOption.AllDirectories).Length);
        var filler = Path.Combine(folder.Root, "filler");
        await FillAsync(filler);
        var (saved, fault) = (0, (StorageFault?)null);
        while (fault is null && saved < 10_000)
        {
            fault = await FaultOfAsync(() => RecordAsync(host));
            saved += fault is null ? 1 : 0;
        }

        Say("database", fault);
        File.Delete(filler);
        Say("again", await FaultOfAsync(() => RecordAsync(host)));
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<PlenumDb>>().CreateDbContextAsync();
        Say("lost", saved + 1 - await db.Set<AuditEntry>().CountAsync());
        Say("blob", await FaultOfAsync(() => store.PutAsync(new MemoryStream(RandomNumberGenerator.GetBytes(1_000)), long.MaxValue, CancellationToken.None)));
        return 0;
    }

    private static void Say(string what, object? outcome) => Console.WriteLine($"{what} {outcome ?? "fine"}");

    private static async Task RecordAsync(IHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<PlenumDb>>().CreateDbContextAsync();
        host.Services.GetRequiredService<Audit>().Record(db, null, "node.filled", "x", null, new string('x', 2_000));
        await db.SaveChangesAsync();
    }

    private static async Task FillAsync(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            for (var written = 0; written < TooMuch; written += 512)
            {
                await file.WriteAsync(new byte[512]);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    private static async Task<StorageFault?> FaultOfAsync(Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (Exception failed) when (StorageFaults.Of(failed) is { } fault)
        {
            return fault;
        }
    }
}
