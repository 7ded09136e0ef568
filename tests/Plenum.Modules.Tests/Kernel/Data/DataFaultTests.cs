using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Data;

/// <summary>Disks and databases that do not do as they should: a sentence for the operator, and nothing half written.</summary>
public sealed class DataFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        using var first = new DataFolder(database.Folder);
        first.Take();
        var (exitCode, errors) = await ServeAsync("dotnet", [TestNode.Program("Plenum", "plenum"), "serve", "--data", database.Folder]);
        Assert.Equal((1, $"plenum: The data folder {database.Folder} is in use by another Plenum process.\n"), (exitCode, errors));
        Assert.False(File.Exists(Path.Combine(database.Folder, "plenum.db")));
    }

    [Fact]
    public async Task A_read_only_data_folder_stops_the_start_with_its_name()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        var (exitCode, errors) = await ServeAsync("unshare", InNamespace("mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"", database.Folder));
        Assert.Equal(1, exitCode);
        Assert.Equal($"plenum: The data folder {database.Folder} cannot be written: Read-only file system : '{database.Folder}/keys'\n", errors);
    }

    [Fact]
    public async Task A_full_disk_stops_the_start_with_its_reason()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        var (exitCode, errors) = await ServeAsync(
            "unshare", InNamespace("mount -t tmpfs -o size=64k tmpfs \"$0\" && (head -c 1000000 /dev/zero >\"$0/filler\" 2>/dev/null || true)", database.Folder));
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"plenum: The data folder {database.Folder} cannot be written: ", errors, StringComparison.Ordinal);
        Assert.Contains("space", errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_disk_that_fills_up_loses_nothing_that_was_saved_and_works_again_when_there_is_room()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var node = TestNode.Start(
            "unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=6m tmpfs \"$0\" && exec dotnet \"$1\" fill \"$0\"", database.Folder, TestNode.Program("Plenum.Testing.Node")]);
        var (exitCode, lines, errors) = await node.EndAsync(Cancellation);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(["blob DiskFull", "left 0", "database DiskFull", "again fine", "lost 0", "blob fine"], lines);
    }

    [Fact]
    public async Task A_database_that_others_hold_too_long_is_busy_and_nothing_is_half_written()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = new Dictionary<string, string?> { ["Database:BusyTimeoutMilliseconds"] = "100" } });
        await using var other = new SqliteConnection(kernel.Get<Database>().ConnectionString);
        await other.OpenAsync(Cancellation);
        await using (var hold = other.CreateCommand())
        {
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Cancellation);
        }

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => RecordTwoAsync(kernel));
        Assert.Equal(StorageFault.Busy, StorageFaults.Of(failed));
        await using (var release = other.CreateCommand())
        {
            release.CommandText = "ROLLBACK";
            await release.ExecuteNonQueryAsync(Cancellation);
        }

        await RecordTwoAsync(kernel);
        await using var db = kernel.OpenDb();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Text_with_NUL_is_kept_and_looked_for_like_any_other(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        kernel.Get<Audit>().Record(db, null, "tests.nul", "a\0b");
        await db.SaveChangesAsync(Cancellation);
        string[] asked = ["a\0b", "x"];
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => e.Subject == asked[0], Cancellation));
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => asked.Contains(e.Subject), Cancellation));
        Assert.Equal(0, await db.Set<AuditEntry>().CountAsync(e => e.Subject == "ab", Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task A_database_of_a_newer_Plenum_is_not_touched(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using (var db = kernel.OpenDb())
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO kernel_schema (version) VALUES (299901010000)", Cancellation);
        }

        var stopped = await Assert.ThrowsAsync<StartupException>(() => kernel.Get<Schema>().MigrateAsync(Cancellation));
        Assert.Contains("newer Plenum (schema 299901010000", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_stops_the_start_and_names_the_setting()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var kernel = TestKernel.On(database, new()
        {
            Settings = new Dictionary<string, string?> { ["Database:Provider"] = "PostgreSQL", ["Database:ConnectionString"] = "Host=127.0.0.1;Port=1;Database=x;Username=x;Timeout=5" },
        });
        var stopped = await Assert.ThrowsAsync<StartupException>(() => kernel.Get<Schema>().MigrateAsync(Cancellation));
        Assert.StartsWith("PostgreSQL cannot be reached (Database:ConnectionString)", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await File.WriteAllTextAsync(Path.Combine(database.Folder, "plenum.db"), new string('x', 10_000), Cancellation);
        await using var kernel = TestKernel.On(database);
        var stopped = await Assert.ThrowsAsync<StartupException>(() => kernel.Get<Schema>().MigrateAsync(Cancellation));
        Assert.Contains("plenum.db cannot be opened", stopped.Message, StringComparison.Ordinal);
    }

    private static string[] InNamespace(string prepare, string folder)
        => ["-rm", "sh", "-c", prepare + " && exec dotnet \"$1\" serve --data \"$0\"", folder, TestNode.Program("Plenum", "plenum")];

    private static async Task<(int ExitCode, string Errors)> ServeAsync(string program, string[] arguments)
    {
        await using var serve = TestNode.Start(program, arguments);
        var (exitCode, _, errors) = await serve.EndAsync(Cancellation);
        return (exitCode, errors);
    }

    private static async Task RecordTwoAsync(TestKernel kernel)
    {
        await using var db = kernel.OpenDb();
        kernel.Get<Audit>().Record(db, null, "tests.first", "x");
        kernel.Get<Audit>().Record(db, null, "tests.second", "x");
        await db.SaveChangesAsync(Cancellation);
    }
}
