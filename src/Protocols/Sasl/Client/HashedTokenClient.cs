using System.Security.Cryptography;
using System.Text;

namespace Plenum.Protocols.Sasl;

/// <summary>HT-SHA-256-* with a token from an earlier sign-in (XEP-0484).</summary>
public sealed class HashedTokenClient(string mechanism, string username, ReadOnlyMemory<byte> token, ChannelBinding? binding) : SaslClient
{
    public override string Mechanism => mechanism;

    public override ReadOnlyMemory<byte> Start()
        => (byte[])[.. Encoding.UTF8.GetBytes(username), 0, .. HashedToken.Initiator(token.Span, binding)];

    public override bool Verify(ReadOnlyMemory<byte>? successData)
        => successData is { } octets && CryptographicOperations.FixedTimeEquals(octets.Span, HashedToken.Responder(token.Span, binding));
}
