using System.Security.Cryptography;

namespace Plenum.Protocols.Sasl;

/// <summary>
/// HT-SHA-256-NONE, -EXPR, -ENDP: <c>authcid NUL HMAC(token, "Initiator" cb-data)</c> and back <c>HMAC(token, "Responder" cb-data)</c>.
/// A token belongs to one mechanism and one client; that bookkeeping is the caller's (XEP-0484 §3.4).
/// </summary>
public sealed class HashedTokenServer(string mechanism, ChannelBinding? binding) : SaslServer
{
    private const int MaxTokens = 64; // Tokens of one account's clients; each costs one HMAC.
    private static readonly byte[] Nobody = new byte[32];
    private string? _username;
    private byte[] _hash = [];

    public override string Mechanism => mechanism;

    /// <summary>Index in the supplied tokens of the one that matched, or -1: the caller marks it used.</summary>
    public int MatchedToken { get; private set; } = -1;

    private protected override SaslStep Next(ReadOnlyMemory<byte>? response)
    {
        if (response is not { } message)
        {
            return _username is null ? new SaslStep.Challenge(default) : Malformed;
        }

        var nul = message.Span.IndexOf((byte)0);
        if (_username is not null || nul < 0 || message.Length - nul - 1 != HMACSHA256.HashSizeInBytes || !SaslText.TryName(message.Span[..nul], out var name))
        {
            return Malformed;
        }

        _username = name;
        _hash = message.Span[(nul + 1)..].ToArray();
        return new SaslStep.NeedsTokens(name, mechanism);
    }

    private protected override SaslStep Answered(SaslAnswer answer)
    {
        if (_username is null || answer is not SaslAnswer.Tokens { Secrets: var secrets })
        {
            return NotAuthorized;
        }

        for (var i = 0; i < Math.Min(secrets.Count, MaxTokens); i++)
        {
            if (!secrets[i].IsEmpty && CryptographicOperations.FixedTimeEquals(HashedToken.Initiator(secrets[i].Span, binding), _hash))
            {
                MatchedToken = i;
            }
        }

        if (secrets.Count == 0)
        {
            CryptographicOperations.FixedTimeEquals(HashedToken.Initiator(Nobody, binding), _hash); // The work of one token, so that none does not show.
        }

        return MatchedToken >= 0
            ? new SaslStep.Succeeded(_username, null, HashedToken.Responder(secrets[MatchedToken].Span, binding))
            : NotAuthorized;
    }
}
