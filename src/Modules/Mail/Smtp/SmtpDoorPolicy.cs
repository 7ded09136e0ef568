using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Listeners;
using Plenum.Mail.Receiving;
using Plenum.Mail.Submission;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;

namespace Plenum.Mail.Smtp;

/// <summary>What the house decides for one connection. Each transaction has a dependency scope of its own.</summary>
internal sealed partial class SmtpDoorPolicy(
    MailOrigin origin, IPAddress client, string? cipher, IServiceScopeFactory scopes, MailLimits limits, Certificates certificates, SmtpSignInDesk signIn, ILogger log)
    : ISmtpServerPolicy, IAsyncDisposable
{
    private static readonly SmtpReply SignInAgain = new(535, "5.7.8", "The app password was revoked") { ClosesConnection = true };
    private readonly List<LocalRecipient> _local = [];
    private readonly List<SmtpRecipient> _remote = [];
    private AsyncServiceScope? _scope;
    private StartTls? _tls;
    private string? _cipher = cipher;

    public IReadOnlyList<ChannelBinding> Bindings { get; private set; } = cipher is null ? [] : Bind(certificates);

    public ValueTask<SmtpReply?> ConnectAsync(CancellationToken cancellation) => new(origin is MailOrigin.Relay ? limits.CheckGuessing(client) : null);

    public async ValueTask<IDuplexPipe> StartTlsAsync(IDuplexPipe plain, CancellationToken cancellation)
    {
        _tls = await StartTls.AsServerAsync(plain, certificates, cancellation);
        _cipher = Describe(_tls.Stream);
        Bindings = Bind(certificates);
        return _tls;
    }

    public ValueTask<SaslAnswer> AskAsync(SaslStep question, CancellationToken cancellation) => signIn.AskAsync(question, cancellation);

    public ValueTask<SmtpReply> ConcludeSignInAsync(SaslServer exchange, SaslStep end, CancellationToken cancellation)
        => signIn.ConcludeAsync(exchange, end, cancellation);

    public async ValueTask<SmtpReply> MailAsync(SmtpSessionFacts session, SmtpEnvelope envelope, CancellationToken cancellation)
    {
        await EndTransactionAsync();
        _scope = scopes.CreateAsyncScope();
        if (origin is MailOrigin.Relay)
        {
            return limits.CountMessage(client) ?? SmtpReplies.SenderOk;
        }

        if (!await signIn.IsValidAsync(cancellation))
        {
            return SignInAgain;
        }

        return await Get<SubmissionRules>().RefuseReversePathAsync(envelope.ReversePath, signIn.Account!.Value, cancellation) ?? SmtpReplies.SenderOk;
    }

    public async ValueTask<SmtpReply> RecipientAsync(SmtpSessionFacts session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellation)
    {
        if (origin is MailOrigin.Relay && limits.CheckGuessing(client) is { } guessing)
        {
            return guessing;
        }

        RecipientDecision decision;
        try
        {
            decision = await Get<RecipientDesk>().DecideAsync(envelope.ReversePath.Address, recipient, origin, signIn.Account, cancellation);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(failed);
            return StorageReply.To(failed);
        }

        if (!decision.Reply.IsPositive)
        {
            if (origin is MailOrigin.Relay && decision.Reply.Status is { Class: 5, Subject: 1 })
            {
                limits.CountUnknown(client);
            }

            return decision.Reply;
        }

        if (signIn.Account is { } account && limits.CountRecipient(account) is { } fast)
        {
            return fast;
        }

        if (decision.Local is { } local)
        {
            _local.Add(local);
        }
        else
        {
            _remote.Add(recipient);
        }

        return decision.Reply;
    }

    public async ValueTask<SmtpReply> ReceiveAsync(SmtpSessionFacts session, SmtpEnvelope envelope, Stream content, CancellationToken cancellation)
    {
        try
        {
            var arrival = new ArrivalEnvelope
            {
                Smtp = envelope,
                Session = session,
                Origin = origin,
                Client = client,
                Submitter = signIn.Account,
                Cipher = _cipher,
                Local = [.. _local],
                Remote = [.. _remote],
            };
            var reply = await Get<MessageIntake>().TakeAsync(arrival, content, cancellation);
            MailMeters.Received(origin, reply.Code);
            return reply;
        }
        catch (BlobTooLargeException tooLarge)
        {
            return SmtpReplies.TooLarge(tooLarge.MaxBytes);
        }
        catch (Exception failed) when (failed is not (SmtpContentException or SmtpInterruptedException) && !cancellation.IsCancellationRequested)
        {
            LogFailed(failed);
            return StorageReply.To(failed);
        }
        finally
        {
            await EndTransactionAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndTransactionAsync();
        if (_tls is { } tls)
        {
            await tls.DisposeAsync();
        }
    }

    internal static string Describe(SslStream stream) => $"{stream.SslProtocol} {stream.NegotiatedCipherSuite}".Replace("Tls1", "TLS1.", StringComparison.Ordinal);

    private static IReadOnlyList<ChannelBinding> Bind(Certificates certificates)
        => ChannelBinding.ServerEndPoint(certificates.Current().TargetCertificate) is { } binding ? [binding] : [];

    private T Get<T>()
        where T : notnull
        => _scope!.Value.ServiceProvider.GetRequiredService<T>();

    private async ValueTask EndTransactionAsync()
    {
        _local.Clear();
        _remote.Clear();
        if (_scope is { } scope)
        {
            _scope = null;
            await scope.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail transaction failed; its sender tries again")]
    private partial void LogFailed(Exception failed);
}
