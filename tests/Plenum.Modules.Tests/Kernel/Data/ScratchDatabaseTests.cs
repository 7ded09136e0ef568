using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Data;

public sealed class ScratchDatabaseTests
{
    [Theory, OnBothDatabases]
    public async Task Each_kernel_has_a_migrated_database_of_its_own(DatabaseProvider provider)
    {
        await using var first = await TestKernel.StartAsync(provider);
        await using var second = await TestKernel.StartAsync(provider);
        await using (var db = first.OpenDb())
        {
            Assert.Equal(provider == DatabaseProvider.PostgreSQL, db.IsPostgreSql);
            db.Add(new OrgUnit(OrgUnitKind.Federation, Slug.Parse("bund"), "Bund", null, DateTime.UnixEpoch));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var untouched = second.OpenDb();
        Assert.Equal(0, await untouched.Set<OrgUnit>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(first.Get<Schema>().Known, first.Get<Schema>().Applied);
    }
}
