using Plenum.Contracts.Mail;

namespace Plenum.Modules.Tests.Operations;

/// <summary>Stands in for the mail module: keeps what would be sent.</summary>
internal sealed class MailTrap : IMailQueue
{
    public List<OutgoingMail> Caught { get; } = [];

    public ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        Caught.Add(mail);
        return new(MailMessageId.New());
    }
}
