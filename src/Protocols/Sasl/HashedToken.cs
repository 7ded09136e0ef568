using System.Security.Cryptography;

namespace Plenum.Protocols.Sasl;

/// <summary>Names and hashes of HT-SHA-256-* (draft-schmaus-kitten-sasl-ht), the mechanism of FAST (XEP-0484).</summary>
internal static class HashedToken
{
    private const string Prefix = "HT-SHA-256-";

    public static bool TryParse(string mechanism, IReadOnlyList<ChannelBinding> bindings, out ChannelBinding? binding)
    {
        binding = null;
        if (!mechanism.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var type = mechanism[Prefix.Length..] switch
        {
            "EXPR" => ChannelBinding.TlsExporter,
            "ENDP" => ChannelBinding.TlsServerEndPoint,
            "NONE" => "",
            _ => null,
        };
        binding = bindings.FirstOrDefault(b => b.Type == type);
        return type is "" || binding is not null;
    }

    public static byte[] Initiator(ReadOnlySpan<byte> token, ChannelBinding? binding) => HMACSHA256.HashData(token, [.. "Initiator"u8, .. Octets(binding)]);

    public static byte[] Responder(ReadOnlySpan<byte> token, ChannelBinding? binding) => HMACSHA256.HashData(token, [.. "Responder"u8, .. Octets(binding)]);

    private static ReadOnlySpan<byte> Octets(ChannelBinding? binding) => binding is null ? default : binding.Octets.Span;
}
