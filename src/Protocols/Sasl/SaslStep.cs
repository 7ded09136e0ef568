using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Protocols.Sasl;

/// <summary>What a server-side exchange wants next. Octets are raw; base64 and framing are the caller's.</summary>
public abstract record SaslStep
{
    private SaslStep()
    {
    }

    /// <summary>Send this to the client (it may be empty) and hand its answer to <see cref="SaslServer.Respond"/>.</summary>
    public sealed record Challenge(ReadOnlyMemory<byte> Octets) : SaslStep;

    /// <summary>Look up the verifier of this name; answer with <see cref="SaslAnswer.Verifier"/>, a decoy one for unknown names.</summary>
    /// <param name="Username">The name, prepared as OpaqueString.</param>
    /// <param name="AuthorizationId">Whom the client wants to act as; null or the account itself in the usual case.</param>
    public sealed record NeedsVerifier(string Username, string? AuthorizationId, ScramHash Hash) : SaslStep;

    /// <summary>Check name and password; answer with <see cref="SaslAnswer.Accept"/> or <see cref="SaslAnswer.Refuse"/>.</summary>
    public sealed record NeedsPasswordVerdict(string Username, string Password, string? AuthorizationId) : SaslStep
    {
        protected override bool PrintMembers(System.Text.StringBuilder builder)
        {
            builder.Append("Username = ").Append(Username); // A password never reaches a log.
            return true;
        }
    }

    /// <summary>Check the bearer token (RFC 6750); the accepting answer names the account.</summary>
    /// <param name="Username">The name the client claims, or null.</param>
    public sealed record NeedsBearerVerdict(string? Username, string Token) : SaslStep
    {
        protected override bool PrintMembers(System.Text.StringBuilder builder)
        {
            builder.Append("Username = ").Append(Username);
            return true;
        }
    }

    /// <summary>Look up the live tokens of this name for this very mechanism; answer with <see cref="SaslAnswer.Tokens"/> (none for unknown names).</summary>
    public sealed record NeedsTokens(string Username, string Mechanism) : SaslStep;

    /// <summary>The client is who it says it is.</summary>
    /// <param name="Octets">Data to send with the success, null if there is none.</param>
    public sealed record Succeeded(string Username, string? AuthorizationId, ReadOnlyMemory<byte>? Octets) : SaslStep;

    /// <summary>The exchange is over; tell the client only the reason.</summary>
    public sealed record Failed(SaslFailure Reason) : SaslStep;
}
