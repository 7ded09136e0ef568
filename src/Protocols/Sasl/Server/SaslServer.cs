namespace Plenum.Protocols.Sasl;

/// <summary>One server-side exchange: values in, values out, no I/O and no account store. Used once, then thrown away.</summary>
public abstract class SaslServer
{
    /// <summary>Longest accepted message in octets; bearer tokens are the largest thing any mechanism carries.</summary>
    public const int MaxMessageLength = 65_536;

    private bool _over;

    /// <summary>Registered mechanism name.</summary>
    public abstract string Mechanism { get; }

    /// <summary>Takes the client's next message.</summary>
    /// <param name="response">Raw octets; null at the start if the client sent no initial response (an empty one is not null, RFC 4422 §4.3.a).</param>
    public SaslStep Respond(ReadOnlyMemory<byte>? response)
    {
        if (_over || response?.Length > MaxMessageLength)
        {
            return End(new SaslStep.Failed(SaslFailure.MalformedRequest));
        }

        return End(Next(response));
    }

    /// <summary>Takes what the account store said to the last step that asked.</summary>
    public SaslStep Supply(SaslAnswer answer) => _over
        ? new SaslStep.Failed(SaslFailure.MalformedRequest)
        : End(answer is SaslAnswer.Refuse refused ? Refused(refused.Reason) : Answered(answer));

    /// <summary>The client sent an abort ("*" in SMTP and IMAP).</summary>
    public SaslStep Abort() => End(new SaslStep.Failed(SaslFailure.Aborted));

    /// <summary>Makes the exchange for a mechanism the client chose.</summary>
    /// <param name="bindings">Channel bindings of this connection; empty without TLS. With any, the -PLUS variants are taken as offered.</param>
    /// <returns>Null if the mechanism is unknown, or is bound to a channel that is not there.</returns>
    public static SaslServer? Create(string mechanism, IReadOnlyList<ChannelBinding> bindings) => mechanism.ToUpperInvariant() switch
    {
        "PLAIN" => new PlainServer(),
        "LOGIN" => new LoginServer(),
        "SCRAM-SHA-1" => new ScramServer(Scram.ScramHash.Sha1, requireBinding: false, bindings),
        "SCRAM-SHA-256" => new ScramServer(Scram.ScramHash.Sha256, requireBinding: false, bindings),
        "SCRAM-SHA-1-PLUS" when bindings.Count > 0 => new ScramServer(Scram.ScramHash.Sha1, requireBinding: true, bindings),
        "SCRAM-SHA-256-PLUS" when bindings.Count > 0 => new ScramServer(Scram.ScramHash.Sha256, requireBinding: true, bindings),
        "OAUTHBEARER" => new OAuthBearerServer(),
        "XOAUTH2" => new XOAuth2Server(),
        var name when HashedToken.TryParse(name, bindings, out var binding) => new HashedTokenServer(name, binding),
        _ => null,
    };

    private protected static SaslStep.Failed Malformed { get; } = new(SaslFailure.MalformedRequest);

    private protected static SaslStep.Failed NotAuthorized { get; } = new(SaslFailure.NotAuthorized);

    private protected abstract SaslStep Next(ReadOnlyMemory<byte>? response);

    private protected abstract SaslStep Answered(SaslAnswer answer);

    private protected virtual SaslStep Refused(SaslFailure reason) => new SaslStep.Failed(reason);

    private SaslStep End(SaslStep step)
    {
        _over = _over || step is SaslStep.Succeeded or SaslStep.Failed;
        return step;
    }
}
