using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Health;

/// <summary>What the database takes on disk, in octets.</summary>
internal static class DatabaseSize
{
    public static async Task<long> ReadAsync(PlenumDb db, CancellationToken cancellation)
        => (db.IsPostgreSql
            ? await db.Database.SqlQuery<long>($"SELECT pg_database_size(current_database()) AS \"Value\"").ToListAsync(cancellation)
            : await db.Database.SqlQuery<long>($"SELECT page_count * page_size AS \"Value\" FROM pragma_page_count(), pragma_page_size()").ToListAsync(cancellation))
            .Single();
}
