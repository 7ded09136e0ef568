namespace Plenum.Protocols.Sasl;

/// <summary>LOGIN (draft-murchison-sasl-login): two prompts, for mail clients that know nothing else. Offer it under TLS only.</summary>
public sealed class LoginServer : SaslServer
{
    private string? _username;
    private bool _prompted;
    private SaslStep.NeedsPasswordVerdict? _claim;

    public override string Mechanism => "LOGIN";

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (response is not { } message)
        {
            if (_prompted)
            {
                return Malformed;
            }

            _prompted = true;
            return new SaslStep.Challenge("Username:"u8.ToArray());
        }

        _prompted = true;
        if (_claim is not null)
        {
            return Malformed;
        }

        if (_username is null)
        {
            return SaslText.TryName(message.Span, out _username!) ? new SaslStep.Challenge("Password:"u8.ToArray()) : NotAuthorized;
        }

        return SaslText.TryName(message.Span, out var password)
            ? _claim = new SaslStep.NeedsPasswordVerdict(_username, password, null)
            : NotAuthorized;
    }

    private protected override SaslStep Answered(SaslAnswer answer) => _claim is not null && answer is SaslAnswer.Accept accepted
        ? new SaslStep.Succeeded(accepted.Username ?? _claim.Username, null, null)
        : NotAuthorized;
}
