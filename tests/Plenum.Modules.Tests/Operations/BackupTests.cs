using System.Collections.Concurrent;
using System.Formats.Tar;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Operations.Backups;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plenum-backup-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "backup.tar");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DatabaseProvider.SQLite, DatabaseProvider.SQLite)]
    [InlineData(DatabaseProvider.PostgreSQL, DatabaseProvider.PostgreSQL)]
    [InlineData(DatabaseProvider.SQLite, DatabaseProvider.PostgreSQL)]
    [InlineData(DatabaseProvider.PostgreSQL, DatabaseProvider.SQLite)]
    public async Task What_was_acknowledged_before_a_backup_under_load_is_in_it(DatabaseProvider from, DatabaseProvider to)
    {
        await using var source = await OperationsKernel.StartWithDemoAsync(from);
        await source.StartServiceAsync<AuditSealer>();
        var acknowledged = new ConcurrentQueue<(AccountId Account, BlobHash Blob)>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 3).Select(writer => WriteAsync(source, writer, acknowledged, stop.Token)).ToList();
        await Patience.UntilAsync(() => acknowledged.Count >= 10, Cancellation);
        var before = acknowledged.ToList();
        var manifest = await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        await Patience.UntilAsync(() => acknowledged.Count > before.Count + 3, Cancellation); // The backup blocked no writer.
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Empty(manifest.Blobs.Lost);

        await using var database = await ScratchDatabase.EmptyAsync(to);
        await using var target = TestKernel.On(database, OperationsKernel.SetupOf());
        var archive = new ArchiveReader(Target);
        await archive.ExtractFilesAsync(await archive.VerifyAsync(null, Cancellation), database.Folder, Cancellation);
        await target.Get<RestoreService>().DemandEmptyAsync(Cancellation);
        var result = await target.Get<RestoreService>().RunAsync(archive, manifest, null, Cancellation);

        Assert.True(result.IsWhole);
        Assert.Equal(manifest.Rows, result.Rows);
        await using var db = target.OpenDb();
        var accounts = (await db.Set<Account>().Select(a => a.Id).ToListAsync(Cancellation)).ToHashSet();
        var blobs = target.Get<IBlobStore>();
        foreach (var (account, blob) in before)
        {
            Assert.Contains(account, accounts);
            Assert.NotNull(await blobs.WrittenAtAsync(blob, Cancellation));
        }

        await SameTreeAsync(source, target);
        await ViewersSeeTheSameAsync(source, target);
    }

    [Theory, OnBothDatabases]
    public async Task A_restored_house_goes_on_counting_where_it_stood(DatabaseProvider provider)
    {
        await using var source = await OperationsKernel.StartWithDemoAsync(provider);
        await RecordAsync(source, "tests.first");
        var last = await LastAuditIdAsync(source);
        await using (var db = source.OpenDb())
        {
            await db.Set<AuditEntry>().ExecuteDeleteAsync(Cancellation); // Its number must not be given out again.
        }

        var manifest = await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var target = TestKernel.On(database, OperationsKernel.SetupOf());
        await target.Get<RestoreService>().RunAsync(new(Target), manifest, null, Cancellation);
        await RecordAsync(target, "tests.second");
        Assert.True(await LastAuditIdAsync(target) > last);
    }

    [Theory, OnBothDatabases]
    public async Task A_damaged_archive_is_noticed_wherever_the_damage_is(DatabaseProvider provider)
    {
        await using var source = await OperationsKernel.StartWithDemoAsync(provider);
        await PutBlobAsync(source, "a letter");
        await File.WriteAllTextAsync(Path.Combine(source.Database.Folder, "plenum.json"), "{}", Cancellation);
        await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        var whole = await File.ReadAllBytesAsync(Target, Cancellation);
        var damaged = Target + ".damaged";
        foreach (var (name, offset) in ContentOffsets(Target).Where(e => e.Name is "manifest.json" or "files/plenum.json" or "tables/kernel_account.jsonl.gz" || e.Name.StartsWith("blobs/", StringComparison.Ordinal)))
        {
            var copy = whole.ToArray();
            copy[offset + 1] ^= 0x20;
            await File.WriteAllBytesAsync(damaged, copy, Cancellation);
            var found = await Record.ExceptionAsync(() => new ArchiveReader(damaged).VerifyAsync(null, Cancellation));
            Assert.True(found is InvalidDataException, name);
        }

        foreach (var length in (int[])[0, 512, whole.Length / 3, whole.Length / 2, whole.Length - 2048])
        {
            await File.WriteAllBytesAsync(damaged, whole[..length], Cancellation);
            await Assert.ThrowsAsync<InvalidDataException>(() => new ArchiveReader(damaged).VerifyAsync(null, Cancellation));
        }

        Assert.NotNull(await new ArchiveReader(Target).VerifyAsync(null, Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task A_blob_damaged_in_the_store_is_named_by_the_backup(DatabaseProvider provider)
    {
        await using var source = await OperationsKernel.StartAsync(provider);
        var (good, bad) = (await PutBlobAsync(source, "good"), await PutBlobAsync(source, "bad"));
        var file = Directory.GetFiles(source.Get<DataFolder>().Blobs, bad.Hex, SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "worm", Cancellation);
        var manifest = await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        Assert.Equal([bad.Hex], manifest.Blobs.Lost);
        Assert.NotEqual(good, bad);
    }

    [Theory, OnBothDatabases]
    public async Task A_full_database_is_no_place_for_a_restore(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartAsync(provider);
        await Assert.ThrowsAsync<StartupException>(() => kernel.Get<RestoreService>().DemandEmptyAsync(Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Rows_that_lead_nowhere_are_refused_and_leave_an_empty_database(DatabaseProvider provider)
    {
        await using var source = await OperationsKernel.StartWithDemoAsync(provider);
        var manifest = await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        var without = manifest with { Tables = [.. manifest.Tables.Where(t => t.Name != "kernel_account")] };
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var target = TestKernel.On(database, OperationsKernel.SetupOf());
        await Assert.ThrowsAsync<InvalidDataException>(() => target.Get<RestoreService>().RunAsync(new(Target), without, null, Cancellation));
        if (provider == DatabaseProvider.PostgreSQL)
        {
            await target.Get<RestoreService>().DemandEmptyAsync(Cancellation);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_new_version_backs_up_before_it_migrates_and_the_backup_restores(DatabaseProvider provider)
    {
        await using var before = await ScratchDatabase.EmptyAsync(provider);
        await using var old = TestKernel.On(before, OperationsKernel.SetupOf());
        old.Get<Schema>().MigrateEmptyTo(old.Get<Schema>().KnownNumbers[^2]);
        await PutBlobAsync(old, "kept in its folder");
        await using var next = TestKernel.On(before, OperationsKernel.SetupOf());
        await next.Get<Schema>().MigrateAsync(Cancellation);
        var backup = Assert.Single(Directory.GetFiles(next.Get<DataFolder>().Backups, "before-*.tar"));
        var archive = new ArchiveReader(backup);
        var manifest = await archive.VerifyAsync(null, Cancellation);
        Assert.True(manifest.Schema < next.Get<Schema>().Known);
        Assert.False(manifest.Blobs.AreIncluded);
        await next.Get<Schema>().MigrateAsync(Cancellation); // Nothing to do: no second backup.
        Assert.Single(Directory.GetFiles(next.Get<DataFolder>().Backups));

        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var target = TestKernel.On(database, OperationsKernel.SetupOf());
        var result = await target.Get<RestoreService>().RunAsync(archive, manifest, null, Cancellation);
        Assert.Single(result.MissingBlobs); // They stayed behind, and the restore says so.
        Assert.Equal(target.Get<Schema>().Known, target.Get<Schema>().Applied);
    }

    [Theory, OnBothDatabases]
    public async Task A_backup_of_a_stranger_version_is_refused_by_name(DatabaseProvider provider)
    {
        await using var source = await OperationsKernel.StartAsync(provider);
        var manifest = await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.WithoutBlobs, null, Cancellation);
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var target = TestKernel.On(database, OperationsKernel.SetupOf());
        var newer = manifest with { Migrations = [.. manifest.Migrations, 2099_01_01_0000], Schema = 2099_01_01_0000, Program = "9.9.9" };
        var refused = await Assert.ThrowsAsync<StartupException>(() => target.Get<RestoreService>().RunAsync(new(Target), newer, null, Cancellation));
        Assert.Contains("9.9.9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_never_overwrites_and_leaves_no_half_file()
    {
        await using var source = await OperationsKernel.StartAsync(DatabaseProvider.SQLite);
        await File.WriteAllTextAsync(Target, "the only copy", Cancellation);
        await Assert.ThrowsAsync<StartupException>(() => source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation));
        Assert.Equal("the only copy", await File.ReadAllTextAsync(Target, Cancellation));
        using var broken = new CancellationTokenSource();
        await broken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.Get<BackupWriter>().WriteAsync(Path.Combine(_folder, "half.tar"), BackupScope.Everything, null, broken.Token));
        Assert.Equal(["backup.tar"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Only_its_owner_may_read_a_backup()
    {
        await using var source = await OperationsKernel.StartAsync(DatabaseProvider.SQLite);
        await source.Get<BackupWriter>().WriteAsync(Target, BackupScope.Everything, null, Cancellation);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Target) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static async Task WriteAsync(TestKernel kernel, int writer, ConcurrentQueue<(AccountId, BlobHash)> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var blob = await PutBlobAsync(kernel, $"{writer}-{i}");
            await using var db = kernel.OpenDb();
            var account = new Account(LoginName.Parse($"load{writer}.{i}"), $"Load {i}", $"load{writer}-{i}@example.net", AccountKind.Person, DateTime.UnixEpoch);
            db.Add(account);
            kernel.Get<Audit>().Record(db, account.Id, "tests.load", $"account:{account.Id}");
            await db.SaveChangesAsync(CancellationToken.None);
            acknowledged.Enqueue((account.Id, blob));
        }
    }

    private static Task<BlobHash> PutBlobAsync(TestKernel kernel, string text) => kernel.InScopeAsync(async scope =>
    {
        var db = scope.GetRequiredService<PlenumDb>();
        var stored = await scope.GetRequiredService<Blobs>().PutAsync(db, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "tests", text, 1_000_000, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        return stored.Hash;
    });

    private static async Task RecordAsync(TestKernel kernel, string action)
    {
        await using var db = kernel.OpenDb();
        kernel.Get<Audit>().Record(db, null, action, "test");
        await db.SaveChangesAsync(Cancellation);
    }

    private static async Task<long> LastAuditIdAsync(TestKernel kernel)
    {
        await using var db = kernel.OpenDb();
        return await db.Set<AuditEntry>().MaxAsync(e => e.Id, Cancellation);
    }

    private static async Task SameTreeAsync(TestKernel source, TestKernel target)
    {
        var (before, after) = (await source.Get<Access>().TreeAsync(Cancellation), await target.Get<Access>().TreeAsync(Cancellation));
        Assert.Equal(before.Root!.SelfAndDescendants().Select(u => (u.Id, u.Path, u.Name)), after.Root!.SelfAndDescendants().Select(u => (u.Id, u.Path, u.Name)));
    }

    private static async Task ViewersSeeTheSameAsync(TestKernel source, TestKernel target)
    {
        await using var db = source.OpenDb();
        foreach (var login in (string[])["ada", "bernd", "dilek", "gero"])
        {
            var account = await db.Set<Account>().Where(a => a.Login == login).Select(a => a.Id).SingleAsync(Cancellation);
            var (before, after) = (await source.Get<ViewerSource>().ForAsync(account, Cancellation), await target.Get<ViewerSource>().ForAsync(account, Cancellation));
            Assert.Equal(before.Tokens.Order(), after.Tokens.Order());
            Assert.Equal(before.Audiences, after.Audiences);
        }
    }

    private static IEnumerable<(string Name, long Offset)> ContentOffsets(string file)
    {
        using var stream = File.OpenRead(file);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            yield return (entry.Name, entry.DataOffset);
        }
    }
}
