namespace Plenum.Protocols.Sasl;

/// <summary>XOAUTH2, what mail clients spoke before RFC 7628: <c>user=NAME ^A auth=Bearer TOKEN ^A ^A</c>.</summary>
public sealed class XOAuth2Server : SaslServer
{
    private SaslStep.NeedsBearerVerdict? _claim;
    private SaslFailure? _refused;

    public override string Mechanism => "XOAUTH2";

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (_refused is { } reason)
        {
            return new SaslStep.Failed(reason);
        }

        if (response is not { } message)
        {
            return _claim is null ? new SaslStep.Challenge(default) : Malformed;
        }

        if (_claim is not null || !SaslText.TryDecode(message.Span, out var text) || !text.StartsWith("user=", StringComparison.Ordinal)
            || text.IndexOf('\u0001', StringComparison.Ordinal) is var end && end < 0
            || !Precis.PrecisProfile.TryOpaqueString(text[5..end], out var name)
            || !BearerPairs.TryToken(text[(end + 1)..], out var token))
        {
            return Malformed;
        }

        return _claim = new SaslStep.NeedsBearerVerdict(name, token);
    }

    private protected override SaslStep Answered(SaslAnswer answer) => answer is SaslAnswer.Accept accepted && _claim is not null
        ? new SaslStep.Succeeded(accepted.Username ?? _claim.Username!, null, null)
        : Refused(SaslFailure.NotAuthorized);

    private protected override SaslStep Refused(SaslFailure reason)
    {
        _refused = reason;
        return new SaslStep.Challenge(OAuthBearerServer.InvalidToken);
    }
}
