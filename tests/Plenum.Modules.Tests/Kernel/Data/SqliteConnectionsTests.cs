using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Data;

public sealed class SqliteConnectionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_context_flushes_what_it_commits_and_checks_references_whichever_connection_it_gets()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = new Dictionary<string, string?> { ["Database:BusyTimeoutMilliseconds"] = "1234" } });
        for (var round = 0; round < 3; round++)
        {
            await using var first = kernel.OpenDb();
            await using var second = kernel.OpenDb(); // At the same time, so on a connection of its own.
            Assert.Equal("2 1 1234", await PragmasAsync(first));
            Assert.Equal("2 1 1234", await PragmasAsync(second));
        }
    }

    [Fact]
    public async Task A_context_between_two_questions_holds_up_no_writer()
    {
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = new Dictionary<string, string?> { ["Database:BusyTimeoutMilliseconds"] = "100" } });
        await using var reader = kernel.OpenDb();
        Assert.Equal(0, await AccountsAsync(reader));
        await using (var writer = kernel.OpenDb())
        {
            await writer.Database.ExecuteSqlRawAsync("UPDATE kernel_stamp SET value = value; PRAGMA wal_checkpoint(TRUNCATE);", Cancellation);
            await writer.Database.ExecuteSqlRawAsync("CREATE TABLE made_meanwhile (id INTEGER)", Cancellation);
        }

        Assert.Equal(0, await reader.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM made_meanwhile").SingleAsync(Cancellation)); // And sees what is new.
    }

    private static Task<int> AccountsAsync(PlenumDb db) => db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM kernel_account").SingleAsync(Cancellation);

    private static Task<string> PragmasAsync(PlenumDb db)
        => db.Database.SqlQuery<string>(
            $"SELECT synchronous || ' ' || foreign_keys || ' ' || timeout AS \"Value\" FROM pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout").SingleAsync(Cancellation);
}
