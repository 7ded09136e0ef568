using System.Security.Cryptography;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.BlobStores;

public sealed class BlobCrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_the_store_holds_whole_blobs_only_and_all_it_acknowledged()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        var acknowledged = new List<string>();
        for (var round = 0; round < 4; round++)
        {
            await using var node = TestNode.Start("store", database, database.Folder);
            for (var stored = 0; stored < 3 + (5 * round); stored++)
            {
                acknowledged.Add(await node.ReadLineAsync(Cancellation));
            }

            await node.KillAsync(Cancellation);
            acknowledged.AddRange((await node.EndAsync(Cancellation)).Lines.Where(l => l.Length == 64));
        }

        var store = new FolderBlobStore(Path.Combine(database.Folder, "blobs"));
        var found = await store.ListAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Empty(acknowledged.Except(found.Select(b => b.Hash.Hex)));
        foreach (var (hash, _) in found)
        {
            await using var content = await store.OpenAsync(hash, 0, null, Cancellation);
            Assert.Equal(hash, BlobHash.FromDigest(await SHA256.HashDataAsync(content!, Cancellation)));
        }

        await store.RemoveArrivalsAsync(DateTime.MaxValue, Cancellation);
        Assert.Equal(found.Count, Directory.GetFiles(Path.Combine(database.Folder, "blobs"), "*", SearchOption.AllDirectories).Length);
    }
}
