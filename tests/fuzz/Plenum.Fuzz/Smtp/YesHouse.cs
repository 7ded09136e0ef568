using System.IO.Pipelines;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;

namespace Plenum.Fuzz.Smtp;

/// <summary>A house that takes everything, so that every path of the protocol can be reached.</summary>
internal sealed class YesHouse : ISmtpServerPolicy
{
    private static readonly SmtpServerOptions Options = new()
    {
        HostName = "mx.example.org",
        MaxMessageBytes = 2_000,
        MaxRecipients = 5,
        MaxErrors = 1_000,
        MaxIdleCommands = 1_000,
        MaxSignInFailures = 1_000,
        IsEncrypted = true,
        Mechanisms = ["PLAIN", "LOGIN", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2"],
    };

    /// <summary>Octets of all messages that were taken.</summary>
    public long Taken { get; private set; }

    public IReadOnlyList<ChannelBinding> Bindings => [];

    /// <summary>Runs one conversation in memory.</summary>
    /// <param name="said">What the client says, in pieces as the network might bring them.</param>
    /// <returns>Everything the server said.</returns>
    public static (byte[] Replies, long Taken) Serve(params IReadOnlyList<ReadOnlyMemory<byte>> said)
    {
        var unlimited = new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false);
        Pipe there = new(unlimited), back = new(unlimited);
        var house = new YesHouse();
        var running = new SmtpServerConnection(new End(there.Reader, back.Writer), house, Options, TimeProvider.System).RunAsync(CancellationToken.None);
        foreach (var piece in said)
        {
            there.Writer.WriteAsync(piece).AsTask().GetAwaiter().GetResult();
        }

        there.Writer.Complete();
        running.GetAwaiter().GetResult();
        back.Writer.Complete();
        using var replies = new MemoryStream();
        back.Reader.CopyToAsync(replies).GetAwaiter().GetResult();
        return (replies.ToArray(), house.Taken);
    }

    public ValueTask<SmtpReply?> ConnectAsync(CancellationToken cancellation) => new((SmtpReply?)null);

    public ValueTask<IDuplexPipe> StartTlsAsync(IDuplexPipe plain, CancellationToken cancellation) => throw new System.Security.Authentication.AuthenticationException();

    public ValueTask<SaslAnswer> AskAsync(SaslStep question, CancellationToken cancellation) => new(new SaslAnswer.Accept("x"));

    public ValueTask<SmtpReply> ConcludeSignInAsync(SaslServer exchange, SaslStep end, CancellationToken cancellation)
        => new(end is SaslStep.Succeeded ? SmtpReplies.SignedIn : new SmtpReply(535, "5.7.8", "No"));

    public ValueTask<SmtpReply> MailAsync(SmtpSessionFacts session, SmtpEnvelope envelope, CancellationToken cancellation) => new(SmtpReplies.SenderOk);

    public ValueTask<SmtpReply> RecipientAsync(SmtpSessionFacts session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellation)
        => new(SmtpReplies.RecipientOk);

    public async ValueTask<SmtpReply> ReceiveAsync(SmtpSessionFacts session, SmtpEnvelope envelope, Stream content, CancellationToken cancellation)
    {
        using var octets = new MemoryStream();
        await content.CopyToAsync(octets, cancellation);
        Taken += octets.Length;
        return SmtpReplies.Ok;
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
