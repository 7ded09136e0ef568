using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Protocols.Sasl;

/// <summary>What the account store says to a <see cref="SaslStep"/> that asks.</summary>
public abstract record SaslAnswer
{
    private SaslAnswer()
    {
    }

    /// <summary>The name's verifier, or a decoy (<see cref="ScramDecoy"/>).</summary>
    public sealed record Verifier(ScramVerifier Value) : SaslAnswer;

    /// <summary>
    /// The verifiers of one name that may have several passwords, at least one (a decoy for unknown names), all with the same salt and
    /// iterations. Every one is tried, in constant work each.
    /// </summary>
    public sealed record Verifiers(IReadOnlyList<ScramVerifier> Values) : SaslAnswer;

    /// <summary>Password or bearer token are right.</summary>
    /// <param name="Username">The account, where the token names it; null keeps the name the client gave.</param>
    public sealed record Accept(string? Username = null) : SaslAnswer;

    /// <summary>Password or bearer token are not accepted.</summary>
    public sealed record Refuse(SaslFailure Reason = SaslFailure.NotAuthorized) : SaslAnswer;

    /// <summary>Secrets of the tokens issued to this name for the mechanism asked for; every one is tried, in constant work each.</summary>
    public sealed record Tokens(IReadOnlyList<ReadOnlyMemory<byte>> Secrets) : SaslAnswer;
}
