using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plenum.Protocols.Sasl.Precis;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Protocols.Sasl;

/// <summary>SCRAM as a client (RFC 5802, RFC 7677).</summary>
/// <param name="binding">Not null for the -PLUS variant.</param>
/// <param name="nonce">Printable ASCII without comma; null for 24 random octets.</param>
/// <param name="couldBind">The client can bind but the server offered no -PLUS: sent as "y", so a stripped offer is noticed.</param>
public sealed class ScramClient(string username, string password, ScramHash hash, ChannelBinding? binding = null, string? nonce = null, bool couldBind = false) : SaslClient
{
    /// <summary>A server that asks for more burns the client's processor.</summary>
    public const int MaxIterations = 1_000_000;

    private readonly string _nonce = nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
    private byte[]? _serverSignature;
    private bool _verified;

    public override string Mechanism => binding is null ? hash.MechanismName : hash.MechanismName + "-PLUS";

    private string Header => binding is not null ? $"p={binding.Type},," : couldBind ? "y,," : "n,,";

    private string FirstBare => $"n={Gs2Header.EncodeName(username)},r={_nonce}";

    public override ReadOnlyMemory<byte> Start() => Encoding.UTF8.GetBytes(Header + FirstBare);

    public override bool TryRespond(ReadOnlySpan<byte> challenge, out ReadOnlyMemory<byte> response)
    {
        response = default;
        if (_serverSignature is not null)
        {
            return _verified = IsServerFinal(challenge); // RFC 6120 servers may send v= as a challenge and success without data.
        }

        if (!SaslText.TryDecode(challenge, out var serverFirst) || !PrecisProfile.TryOpaqueString(password, out var prepared))
        {
            return false;
        }

        var parts = serverFirst.Split(',', 4);
        if (parts.Length < 3 || !parts[0].StartsWith("r=" + _nonce, StringComparison.Ordinal) || parts[0].Length <= _nonce.Length + 2
            || !parts[1].StartsWith("s=", StringComparison.Ordinal) || !SaslBase64.TryDecode(parts[1][2..], out var salt) || salt.Length == 0
            || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < ScramVerifier.MinIterations or > MaxIterations)
        {
            return false; // Fewer than 4096 iterations would hand a false server a cheap guess (RFC 7677 §4).
        }

        byte[] channel = [.. Encoding.UTF8.GetBytes(Header), .. binding is null ? default : binding.Octets.Span];
        var withoutProof = $"c={Convert.ToBase64String(channel)},{parts[0]}";
        var message = Encoding.UTF8.GetBytes($"{FirstBare},{serverFirst},{withoutProof}");
        var salted = ScramVerifier.SaltedPassword(prepared, salt, iterations, hash);
        var proof = hash.Hmac(salted, "Client Key"u8);
        var signature = hash.Hmac(hash.Hash(proof), message);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= signature[i];
        }

        _serverSignature = hash.Hmac(hash.Hmac(salted, "Server Key"u8), message);
        response = Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
        return true;
    }

    public override bool Verify(ReadOnlyMemory<byte>? successData)
        => _serverSignature is not null && (successData is { } octets ? IsServerFinal(octets.Span) : _verified);

    private bool IsServerFinal(ReadOnlySpan<byte> octets)
        => SaslText.TryDecode(octets, out var text) && text.StartsWith("v=", StringComparison.Ordinal)
            && SaslBase64.TryDecode(text[2..].Split(',')[0], out var signature) && CryptographicOperations.FixedTimeEquals(signature, _serverSignature);
}
