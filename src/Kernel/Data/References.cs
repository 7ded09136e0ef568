using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenum.Kernel.Data;

/// <summary>Says which row another row refers to by id, so that new rows are written in the right order. The database has the foreign key.</summary>
public static class References
{
    extension(EntityTypeBuilder entity)
    {
        /// <param name="principal">The entity referred to.</param>
        /// <param name="key">Name of the property that holds its id.</param>
        public void RefersTo(Type principal, string key)
            => entity.HasOne(principal, navigationName: null).WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.ClientNoAction);
    }
}
