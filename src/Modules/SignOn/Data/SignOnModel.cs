using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.Data;

internal sealed class SignOnModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Session>().ToTable("signon_session");
        model.Entity<AppPassword>().ToTable("signon_app_password");
        model.Entity<Credentials>().ToTable("signon_credentials").HasKey(c => c.AccountId);
        model.Entity<RecoveryCode>().ToTable("signon_recovery_code");
        model.Entity<Passkey>().ToTable("signon_passkey");
        model.Entity<SignInRecord>().ToTable("signon_record");
        model.Entity<MailLink>().ToTable("signon_link");
        foreach (var type in (Type[])[typeof(Session), typeof(AppPassword), typeof(RecoveryCode), typeof(Passkey), typeof(MailLink)])
        {
            model.Entity(type).Property("Id").ValueGeneratedNever();
        }
    }
}
