namespace Plenum.Contracts.Mail;

/// <summary>The outbound queue as other modules see it: mail leaves only if the caller's own change is committed, and then it surely does.</summary>
public interface IMailQueue
{
    /// <summary>
    /// Adds mail to the scope's unit of work (the same scoped PlenumDb the caller uses). Nothing is written before the caller saves;
    /// a roll-back takes the mail back too. Delivery starts after the commit.
    /// </summary>
    /// <param name="mail">A <see cref="SystemMail"/> or <see cref="MailCopies"/>.</param>
    /// <returns>The id under which reports come back and operators find the message.</returns>
    /// <exception cref="ArgumentException">An address is no address, or a header line holds a line break.</exception>
    ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default);
}
