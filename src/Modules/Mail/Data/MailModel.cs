using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;

namespace Plenum.Mail.Data;

internal sealed class MailModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<QueuedMessage>(message =>
        {
            message.ToTable("mail_message");
            message.Property(m => m.Id).ValueGeneratedNever();
            message.HasMany(m => m.Recipients).WithOne().HasForeignKey(r => r.MessageId);
        });
        model.Entity<QueuedRecipient>().ToTable("mail_recipient");
        model.Entity<QueuePause>(pause =>
        {
            pause.ToTable("mail_pause");
            pause.HasKey(p => p.Domain);
        });
        model.Entity<SuppressedAddress>(suppressed =>
        {
            suppressed.ToTable("mail_suppressed");
            suppressed.HasKey(s => s.Address);
        });
        model.Entity<SigningKey>(key =>
        {
            key.ToTable("mail_signing_key");
            key.HasKey(k => new { k.Domain, k.Selector });
        });
    }
}
