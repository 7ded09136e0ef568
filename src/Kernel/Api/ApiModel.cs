using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Api;

internal sealed class ApiModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<AccessToken>(token =>
        {
            token.ToTable("kernel_access_token");
            token.Property(t => t.Id).ValueGeneratedNever();
            token.Ignore(t => t.PermissionNames);
            token.RefersTo(typeof(Account), nameof(AccessToken.AccountId));
        });
        model.Entity<KeptAnswer>(answer =>
        {
            answer.ToTable("kernel_kept_answer");
            answer.HasKey(a => new { a.Owner, a.Key });
        });
    }
}
