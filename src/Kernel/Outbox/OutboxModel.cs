using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

internal sealed class OutboxModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<OutboxEvent>(happened =>
        {
            happened.ToTable("kernel_outbox");
            happened.HasMany(e => e.Deliveries).WithOne(d => d.Event).HasForeignKey(d => d.EventId);
        });
        model.Entity<OutboxDelivery>(delivery =>
        {
            delivery.ToTable("kernel_outbox_delivery");
            delivery.HasKey(d => new { d.Handler, d.EventId });
        });
        model.Entity<OutboxHandler>(handler =>
        {
            handler.ToTable("kernel_outbox_handler");
            handler.HasKey(h => h.Name);
        });
    }
}
