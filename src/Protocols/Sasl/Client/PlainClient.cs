using System.Text;

namespace Plenum.Protocols.Sasl;

/// <summary>PLAIN (RFC 4616); only over TLS.</summary>
public sealed class PlainClient(string username, string password, string authorizationId = "") : SaslClient
{
    public override string Mechanism => "PLAIN";

    public override ReadOnlyMemory<byte> Start() => Encoding.UTF8.GetBytes($"{authorizationId}\0{username}\0{password}");
}
