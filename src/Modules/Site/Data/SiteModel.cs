using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Site.Domain;

namespace Plenum.Site.Data;

internal sealed class SiteModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<LegalText>(text =>
        {
            text.ToTable("site_legal_text");
            text.HasKey(t => new { t.UnitId, t.Kind });
            text.RefersTo(typeof(OrgUnit), nameof(LegalText.UnitId));
        });
        model.Entity<ProfileChoice>(choice =>
        {
            choice.ToTable("site_profile_choice");
            choice.HasKey(c => c.AccountId);
            choice.RefersTo(typeof(Account), nameof(ProfileChoice.AccountId));
        });
    }
}
