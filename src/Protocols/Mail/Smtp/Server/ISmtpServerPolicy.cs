using System.IO.Pipelines;
using Plenum.Protocols.Sasl;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>
/// What the house decides about one connection; grammar, order of commands and limits are already checked. Answers are replies:
/// a positive one goes on, any other is what the client hears.
/// </summary>
public interface ISmtpServerPolicy
{
    /// <summary>Bindings of the TLS layer (RFC 5056); empty without TLS.</summary>
    IReadOnlyList<ChannelBinding> Bindings { get; }

    /// <summary>A client connected. Null greets it; a reply refuses it.</summary>
    ValueTask<SmtpReply?> ConnectAsync(CancellationToken cancellation);

    /// <summary>Does the TLS handshake as server over what is plain so far.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The handshake failed.</exception>
    ValueTask<IDuplexPipe> StartTlsAsync(IDuplexPipe plain, CancellationToken cancellation);

    /// <summary>What a sign-in asks of the account store.</summary>
    ValueTask<SaslAnswer> AskAsync(SaslStep question, CancellationToken cancellation);

    /// <summary>A sign-in has ended, <see cref="SaslStep.Succeeded"/> or <see cref="SaslStep.Failed"/>. A reply other than 235 refuses it.</summary>
    ValueTask<SmtpReply> ConcludeSignInAsync(SaslServer exchange, SaslStep end, CancellationToken cancellation);

    ValueTask<SmtpReply> MailAsync(SmtpSessionFacts session, SmtpEnvelope envelope, CancellationToken cancellation);

    ValueTask<SmtpReply> RecipientAsync(SmtpSessionFacts session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellation);

    /// <summary>
    /// Takes the message. A positive reply promises that it will not be lost. Need not read to the end if it refuses.
    /// </summary>
    /// <param name="content">The message without transparency dots. Reading throws <see cref="SmtpContentException"/> for a message that breaks the protocol.</param>
    ValueTask<SmtpReply> ReceiveAsync(SmtpSessionFacts session, SmtpEnvelope envelope, Stream content, CancellationToken cancellation);
}

/// <summary>What is known of a session when a decision is asked for.</summary>
public sealed record SmtpSessionFacts
{
    /// <summary>Name of EHLO or HELO; empty before.</summary>
    public string HelloName { get; init; } = "";

    /// <summary>The client said EHLO.</summary>
    public bool IsExtended { get; init; }

    public bool IsEncrypted { get; init; }

    public bool IsSignedIn { get; init; }
}

/// <summary>The client is gone or silent in the middle of a message. Keep nothing and let it pass: nobody hears a reply.</summary>
public abstract class SmtpInterruptedException : Exception;

/// <summary>The message being read breaks the protocol; nothing of it is to be kept.</summary>
public sealed class SmtpContentException(SmtpReply reply) : IOException(reply?.ToString())
{
    public SmtpReply Reply { get; } = reply!;
}
