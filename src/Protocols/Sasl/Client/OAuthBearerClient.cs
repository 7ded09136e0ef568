using System.Text;

namespace Plenum.Protocols.Sasl;

/// <summary>OAUTHBEARER (RFC 7628), or XOAUTH2 with <paramref name="legacy"/>.</summary>
public sealed class OAuthBearerClient(string? username, string token, bool legacy = false) : SaslClient
{
    public override string Mechanism => legacy ? "XOAUTH2" : "OAUTHBEARER";

    /// <summary>The status object of a refusal (RFC 7628 §3.2.2), as sent.</summary>
    public string? Refusal { get; private set; }

    public override ReadOnlyMemory<byte> Start() => Encoding.UTF8.GetBytes(legacy
        ? $"user={username}\u0001auth=Bearer {token}\u0001\u0001"
        : $"n,{(username is null ? "" : "a=" + Gs2Header.EncodeName(username))},\u0001auth=Bearer {token}\u0001\u0001");

    public override bool TryRespond(ReadOnlySpan<byte> challenge, out ReadOnlyMemory<byte> response)
    {
        Refusal = Encoding.UTF8.GetString(challenge);
        response = legacy ? default : "\u0001"u8.ToArray(); // RFC 7628 §3.2.3
        return true;
    }
}
