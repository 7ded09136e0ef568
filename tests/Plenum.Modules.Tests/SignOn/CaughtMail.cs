using System.Text.RegularExpressions;
using Plenum.Contracts.Mail;

namespace Plenum.Modules.Tests.SignOn;

/// <summary>A mail queue that keeps what it is given.</summary>
internal sealed partial class CaughtMail : IMailQueue
{
    private readonly List<SystemMail> _sent = [];

    public IReadOnlyList<SystemMail> Sent => _sent;

    public ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        _sent.Add((SystemMail)mail);
        return new(MailMessageId.New());
    }

    /// <summary>What follows a path in the link of the newest mail, e.g. the secret after "/confirm/".</summary>
    public string SecretAfter(string path) => Secret().Match(_sent[^1].Text, _sent[^1].Text.IndexOf(path, StringComparison.Ordinal) + path.Length).Value;

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex Secret();
}
