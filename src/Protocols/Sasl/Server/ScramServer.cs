using System.Security.Cryptography;
using System.Text;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Protocols.Sasl;

/// <summary>SCRAM-SHA-1 and SCRAM-SHA-256, with and without -PLUS (RFC 5802, RFC 7677).</summary>
/// <param name="requireBinding">True for the -PLUS variant.</param>
/// <param name="bindings">This connection's channel bindings; when there are any, -PLUS was offered and "y" is a downgrade.</param>
/// <param name="nonce">Printable ASCII without comma; null for 24 random octets. Tests give the standard's.</param>
public sealed class ScramServer(ScramHash hash, bool requireBinding, IReadOnlyList<ChannelBinding> bindings, string? nonce = null) : SaslServer
{
    private const int MaxNonceLength = 512; // A client nonce is echoed and hashed: no reason for it to be longer.
    private Gs2Header _header;
    private string _clientFirstBare = "";
    private string _serverFirst = "";
    private string _nonce = "";
    private string _username = "";
    private ReadOnlyMemory<byte> _binding;
    private IReadOnlyList<ScramVerifier>? _verifiers;
    private bool _asked;

    /// <summary>Index in the supplied verifiers of the one the client's proof fitted, or -1.</summary>
    public int MatchedVerifier { get; private set; } = -1;

    public override string Mechanism => requireBinding ? hash.MechanismName + "-PLUS" : hash.MechanismName;

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (response is not { } message)
        {
            return _asked ? Malformed : new SaslStep.Challenge(default);
        }

        if (!SaslText.TryDecode(message.Span, out var text))
        {
            return Malformed;
        }

        return _verifiers is { } verifiers ? Final(text, verifiers) : _asked ? Malformed : First(text);
    }

    private protected override SaslStep Answered(SaslAnswer answer)
    {
        IReadOnlyList<ScramVerifier> verifiers = answer switch
        {
            SaslAnswer.Verifier { Value: var one } => [one],
            SaslAnswer.Verifiers { Values: var many } => many,
            _ => [],
        };
        if (!_asked || _verifiers is not null || verifiers is [] || verifiers.Any(v => v.Hash != hash || v.Iterations != verifiers[0].Iterations || !v.Salt.Span.SequenceEqual(verifiers[0].Salt.Span)))
        {
            return new SaslStep.Failed(SaslFailure.TemporaryAuthFailure);
        }

        _verifiers = verifiers;
        var verifier = verifiers[0];
        _serverFirst = $"r={_nonce},s={Convert.ToBase64String(verifier.Salt.Span)},i={verifier.Iterations}";
        return new SaslStep.Challenge(Encoding.UTF8.GetBytes(_serverFirst));
    }

    private SaslStep First(string text)
    {
        // RFC 5802 §7: gs2-header "n=" saslname ",r=" nonce [extensions]; "m=" in front is a mandatory extension nobody knows.
        if (!Gs2Header.TryParse(text, out _header))
        {
            return Malformed;
        }

        // RFC 5802 §6: -PLUS needs "p"; "y" says the client saw no -PLUS offered, which is false when it was.
        if (requireBinding != (_header.Flag == 'p') || (_header.Flag == 'y' && bindings.Count > 0))
        {
            return NotAuthorized;
        }

        if (_header.BindingType is { } type)
        {
            if (bindings.FirstOrDefault(b => b.Type == type) is not { } binding)
            {
                return NotAuthorized;
            }

            _binding = binding.Octets;
        }

        _clientFirstBare = _header.Rest;
        var parts = _clientFirstBare.Split(',', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("n=", StringComparison.Ordinal) || !parts[1].StartsWith("r=", StringComparison.Ordinal)
            || parts[1].Length is < 3 or > MaxNonceLength || parts[1].AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0
            || !Gs2Header.TryDecodeName(parts[0][2..], out _username))
        {
            return Malformed;
        }

        _nonce = parts[1][2..] + (nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)));
        _asked = true;
        return new SaslStep.NeedsVerifier(_username, _header.AuthorizationId, hash);
    }

    private SaslStep Final(string text, IReadOnlyList<ScramVerifier> verifiers)
    {
        var proofAt = text.LastIndexOf(",p=", StringComparison.Ordinal);
        if (proofAt < 0 || !SaslBase64.TryDecode(text[(proofAt + 3)..], out var proof) || proof.Length != hash.Length)
        {
            return Malformed;
        }

        var withoutProof = text[..proofAt];
        var parts = withoutProof.Split(',', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("c=", StringComparison.Ordinal) || !SaslBase64.TryDecode(parts[0][2..], out var channel))
        {
            return Malformed;
        }

        byte[] expected = [.. Encoding.UTF8.GetBytes(_header.Text), .. _binding.Span];
        if (!CryptographicOperations.FixedTimeEquals(channel, expected) || parts[1] != "r=" + _nonce)
        {
            return NotAuthorized;
        }

        var message = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{withoutProof}");
        for (var i = 0; i < verifiers.Count; i++)
        {
            if (Fits(verifiers[i], message, proof))
            {
                MatchedVerifier = i;
            }
        }

        if (MatchedVerifier < 0)
        {
            return NotAuthorized;
        }

        var signature = Convert.ToBase64String(hash.Hmac(verifiers[MatchedVerifier].ServerKey.Span, message));
        return new SaslStep.Succeeded(_username, _header.AuthorizationId, Encoding.ASCII.GetBytes("v=" + signature));
    }

    private bool Fits(ScramVerifier verifier, byte[] message, byte[] proof)
    {
        var clientKey = hash.Hmac(verifier.StoredKey.Span, message);
        for (var i = 0; i < clientKey.Length; i++)
        {
            clientKey[i] ^= proof[i];
        }

        return CryptographicOperations.FixedTimeEquals(hash.Hash(clientKey), verifier.StoredKey.Span);
    }
}
