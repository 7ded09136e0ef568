using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.Data;

internal sealed class SignOnModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        OfAccount<Session>(model, "signon_session");
        OfAccount<AppPassword>(model, "signon_app_password");
        OfAccount<RecoveryCode>(model, "signon_recovery_code");
        OfAccount<Passkey>(model, "signon_passkey");
        OfAccount<SignInRecord>(model, "signon_record");
        OfAccount<MailLink>(model, "signon_link");
        OfAccount<Credentials>(model, "signon_credentials").HasKey(c => c.AccountId);
        foreach (var type in (Type[])[typeof(Session), typeof(AppPassword), typeof(RecoveryCode), typeof(Passkey), typeof(MailLink)])
        {
            model.Entity(type).Property("Id").ValueGeneratedNever();
        }
    }

    private static EntityTypeBuilder<TEntity> OfAccount<TEntity>(ModelBuilder model, string table)
        where TEntity : class
    {
        var entity = model.Entity<TEntity>();
        entity.ToTable(table);
        entity.RefersTo(typeof(Account), "AccountId");
        return entity;
    }
}
