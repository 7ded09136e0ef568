namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Which class a reason belongs to.</summary>
public static class BounceReasons
{
    /// <summary>Hard only for reasons that lie in the address and stay; what is not listed is soft.</summary>
    public static BounceClass ClassOf(BounceReason reason) => reason switch
    {
        BounceReason.MailboxUnknown or BounceReason.MailboxDisabled or BounceReason.MailboxMoved or BounceReason.AddressSyntax
            or BounceReason.DomainUnknown or BounceReason.NoMailService => BounceClass.Hard,
        BounceReason.MailboxFull => BounceClass.Full,
        BounceReason.NotAuthenticated or BounceReason.SenderRefused or BounceReason.Reputation or BounceReason.RateLimited
            or BounceReason.RelayDenied or BounceReason.Spam or BounceReason.Virus or BounceReason.ContentRefused
            or BounceReason.MessageTooLarge or BounceReason.NotPermitted or BounceReason.Refused => BounceClass.Policy,
        BounceReason.OutOfOffice or BounceReason.AutomaticReply => BounceClass.Vacation,
        BounceReason.ReportedAsSpam or BounceReason.Unsubscribed => BounceClass.Complaint,
        BounceReason.OrdinaryMail or BounceReason.Delivered or BounceReason.AuthenticationReport or BounceReason.OtherFeedback => BounceClass.NotABounce,
        _ => BounceClass.Soft,
    };
}
