using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Data;

public sealed class SchemaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task From_empty_all_modules_reach_the_schema_their_entities_expect(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Modules = AllModules.Create() });
        Assert.Equal(kernel.Get<Schema>().Known, kernel.Get<Schema>().Applied);
        await using var db = kernel.OpenDb();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsOwned()))
        {
            var columns = string.Join(", ", entity.GetProperties().Select(p => $"\"{p.GetColumnName()}\""));
#pragma warning disable EF1002, CA2100 // Names of the model.
            await db.Database.ExecuteSqlRawAsync($"SELECT {columns} FROM \"{entity.GetTableName()}\" WHERE 1 = 0", Cancellation);
#pragma warning restore EF1002, CA2100
        }
    }

    [Theory, OnBothDatabases]
    public async Task From_every_release_the_data_comes_along(DatabaseProvider provider)
    {
        Assert.NotEmpty(ReleasedSchemas.Versions);
        await using var fresh = await TestKernel.StartAsync(provider, new() { Modules = AllModules.Create() });
        await using var empty = fresh.OpenDb();
        var expected = await ReleasedSchemas.DescribeAsync(empty, Cancellation);
        foreach (var version in ReleasedSchemas.Versions)
        {
            await using var database = await ReleasedSchemas.RestoreAsync(version, provider, Cancellation);
            await using var kernel = TestKernel.On(database, new() { Modules = AllModules.Create() });
            await kernel.Get<Schema>().MigrateAsync(Cancellation);
            Assert.Equal((version, kernel.Get<Schema>().Known), (version, kernel.Get<Schema>().Applied));
            await using var db = kernel.OpenDb();
            Assert.Equal(208, await db.Set<Account>().CountAsync(a => a.CreatedAt > DateTime.UnixEpoch, Cancellation));
            Assert.Equal("Demokratie-Partei", (await kernel.Get<Access>().TreeAsync(Cancellation)).Root!.Name);
            Assert.True(await db.Set<OrgUnit>().CountAsync(Cancellation) > 100);
            if (ReleasedSchemas.IsReleased(version))
            {
                Assert.Equal(expected, await ReleasedSchemas.DescribeAsync(db, Cancellation));
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task And_a_schema_that_differs_is_noticed(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        var before = await ReleasedSchemas.DescribeAsync(db, Cancellation);
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE kernel_unit ADD COLUMN forgotten integer NULL", Cancellation);
        Assert.NotEqual(before, await ReleasedSchemas.DescribeAsync(db, Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Nodes_that_start_together_migrate_once(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var first = TestKernel.On(database);
        await using var second = TestKernel.On(database);
        if (provider == DatabaseProvider.PostgreSQL)
        {
            await Task.WhenAll(first.Get<Schema>().MigrateAsync(Cancellation), second.Get<Schema>().MigrateAsync(Cancellation));
        }
        else
        {
            await first.Get<Schema>().MigrateAsync(Cancellation); // One process owns the file.
            await second.Get<Schema>().MigrateAsync(Cancellation);
        }

        await using var db = second.OpenDb();
        Assert.Equal(0, await db.Set<OrgUnit>().CountAsync(Cancellation));
    }
}
