using System.Text;

namespace Plenum.Protocols.Sasl;

/// <summary>OAUTHBEARER (RFC 7628 §3): a GS2 header, then key=value pairs between U+0001, one of them the bearer token.</summary>
public sealed class OAuthBearerServer : SaslServer
{
    private SaslStep.NeedsBearerVerdict? _claim;
    private SaslFailure? _refused;

    public override string Mechanism => "OAUTHBEARER";

    /// <summary>RFC 7628 §3.2.2: the status object a refused client gets before the failure.</summary>
    internal static ReadOnlyMemory<byte> InvalidToken { get; } = """{"status":"invalid_token"}"""u8.ToArray();

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (_refused is { } reason)
        {
            return new SaslStep.Failed(reason); // RFC 7628 §3.2.3: the client's %x01 (or anything) only makes room for this.
        }

        if (response is not { } message)
        {
            return _claim is null ? new SaslStep.Challenge(default) : Malformed;
        }

        if (_claim is not null || !SaslText.TryDecode(message.Span, out var text))
        {
            return Malformed;
        }

        var header = text.Split('\u0001', 2);
        if (header.Length < 2 || !Gs2Header.TryParse(header[0], out var gs2) || gs2.Rest.Length > 0 || gs2.BindingType is not null
            || !BearerPairs.TryToken(header[1], out var token))
        {
            return Malformed;
        }

        return _claim = new SaslStep.NeedsBearerVerdict(gs2.AuthorizationId, token);
    }

    private protected override SaslStep Answered(SaslAnswer answer) => answer is SaslAnswer.Accept accepted && (accepted.Username ?? _claim?.Username) is { } name
        ? new SaslStep.Succeeded(name, _claim?.Username, null)
        : Refused(SaslFailure.NotAuthorized);

    private protected override SaslStep Refused(SaslFailure reason)
    {
        _refused = reason;
        return new SaslStep.Challenge(InvalidToken);
    }
}
