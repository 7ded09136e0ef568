using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Notifications;

/// <summary>What people are told, once for all of them.</summary>
internal sealed class StoredNotification
{
    public long Id { get; private init; }

    public required string Topic { get; init; }

    public required string Key { get; init; }

    public required string TextKey { get; init; }

    /// <summary>A JSON array of strings.</summary>
    public required string Args { get; init; }

    public required string Link { get; init; }

    public required string Excerpt { get; init; }

    public required DateTime CreatedAt { get; init; }
}

internal enum ReceiptMail
{
    /// <summary>Shown on the web alone, or already in the mail.</summary>
    None,

    /// <summary>Waits for the morning.</summary>
    Digest,
}

/// <summary>One notification in one person's list.</summary>
internal sealed class NotificationReceipt
{
    public required AccountId AccountId { get; init; }

    public required long NotificationId { get; init; }

    public StoredNotification Notification { get; private init; } = null!;

    public required ReceiptMail Mail { get; init; }

    public DateTime? ReadAt { get; init; }
}

/// <summary>What a person chose for a topic.</summary>
internal sealed class NotificationChoice
{
    public required AccountId AccountId { get; init; }

    public required string Topic { get; init; }

    public required NotificationWay Way { get; set; }
}

internal sealed class NotificationsModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<StoredNotification>().ToTable("kernel_notification");
        model.Entity<NotificationReceipt>(receipt =>
        {
            receipt.ToTable("kernel_notification_receipt");
            receipt.HasKey(r => new { r.AccountId, r.NotificationId });
            receipt.HasOne(r => r.Notification).WithMany().HasForeignKey(r => r.NotificationId);
            receipt.RefersTo(typeof(Account), nameof(NotificationReceipt.AccountId));
        });
        model.Entity<NotificationChoice>(choice =>
        {
            choice.ToTable("kernel_notification_choice");
            choice.HasKey(c => new { c.AccountId, c.Topic });
            choice.RefersTo(typeof(Account), nameof(NotificationChoice.AccountId));
        });
    }
}
