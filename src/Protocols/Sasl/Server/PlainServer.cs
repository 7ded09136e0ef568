namespace Plenum.Protocols.Sasl;

/// <summary>PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL passwd</c>. Offer it under TLS only.</summary>
public sealed class PlainServer : SaslServer
{
    private SaslStep.NeedsPasswordVerdict? _claim;

    public override string Mechanism => "PLAIN";

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (response is not { } message)
        {
            return _claim is null ? new SaslStep.Challenge(default) : Malformed;
        }

        var span = message.Span;
        var first = span.IndexOf((byte)0);
        var second = first < 0 ? -1 : span[(first + 1)..].IndexOf((byte)0) + first + 1;
        if (_claim is not null || first < 0 || second <= first || span[(second + 1)..].Contains((byte)0))
        {
            return Malformed;
        }

        string? authorizationId = null;
        if (first > 0 && !SaslText.TryName(span[..first], out authorizationId!))
        {
            return new SaslStep.Failed(SaslFailure.InvalidAuthzid);
        }

        return SaslText.TryName(span[(first + 1)..second], out var username) && SaslText.TryName(span[(second + 1)..], out var password)
            ? _claim = new SaslStep.NeedsPasswordVerdict(username, password, authorizationId)
            : NotAuthorized;
    }

    private protected override SaslStep Answered(SaslAnswer answer) => _claim is not null && answer is SaslAnswer.Accept accepted
        ? new SaslStep.Succeeded(accepted.Username ?? _claim.Username, _claim.AuthorizationId, null)
        : NotAuthorized;
}
