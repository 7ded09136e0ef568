using System.IO.Pipelines;
using System.Text;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;

namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>A house with simple habits: example.org is local, "nobody" does not exist, "secret" is everybody's password.</summary>
internal sealed class ScriptedHouse : ISmtpServerPolicy
{
    /// <summary>What was taken, as envelope and content.</summary>
    public List<string> Taken { get; } = [];

    /// <summary>The side of the connection that speaks TLS after STARTTLS.</summary>
    public IDuplexPipe? Encrypted { get; init; }

    public IReadOnlyList<ChannelBinding> Bindings => [];

    public ValueTask<SmtpReply?> ConnectAsync(CancellationToken cancellation) => new((SmtpReply?)null);

    public ValueTask<IDuplexPipe> StartTlsAsync(IDuplexPipe plain, CancellationToken cancellation)
        => new(Encrypted ?? throw new System.Security.Authentication.AuthenticationException());

    public ValueTask<SaslAnswer> AskAsync(SaslStep question, CancellationToken cancellation)
        => new(question is SaslStep.NeedsPasswordVerdict { Password: "secret" } ? new SaslAnswer.Accept() : new SaslAnswer.Refuse());

    public ValueTask<SmtpReply> ConcludeSignInAsync(SaslServer exchange, SaslStep end, CancellationToken cancellation)
        => new(end is SaslStep.Succeeded ? SmtpReplies.SignedIn : new SmtpReply(535, "5.7.8", "Wrong name or password"));

    public ValueTask<SmtpReply> MailAsync(SmtpSessionFacts session, SmtpEnvelope envelope, CancellationToken cancellation)
        => new(envelope.ReversePath.LocalPart == "spammer" ? new SmtpReply(550, "5.7.1", "Not you") : SmtpReplies.SenderOk);

    public ValueTask<SmtpReply> RecipientAsync(SmtpSessionFacts session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellation)
        => new(recipient.Path.Domain is not ("example.org" or "") ? new SmtpReply(550, "5.7.1", "No relaying")
            : recipient.Path.LocalPart == "nobody" ? new SmtpReply(550, "5.1.1", "No such mailbox")
            : SmtpReplies.RecipientOk);

    public async ValueTask<SmtpReply> ReceiveAsync(SmtpSessionFacts session, SmtpEnvelope envelope, Stream content, CancellationToken cancellation)
    {
        using var octets = new MemoryStream();
        await content.CopyToAsync(octets, cancellation);
        Taken.Add($"{envelope.ReversePath.Address}>{string.Join(',', envelope.Recipients.Select(r => r.Path.Address))}: {Encoding.UTF8.GetString(octets.ToArray())}");
        return SmtpReplies.Ok;
    }
}
