using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Sasl.Scram;

namespace Plenum.Mail.Smtp;

/// <summary>Answers what a SASL exchange asks, from the house's sign-in, for one connection.</summary>
internal sealed class SmtpSignInDesk(IProtocolSignIn accounts, IBearerSignIn? bearers, IPAddress client)
{
    private static readonly SmtpReply Refused = new(535, "5.7.8", "Name or app password are wrong"); // RFC 4954 §6
    private SignInVerdict? _verdict;
    private SignInAttempt? _scram;
    private IReadOnlyList<Contracts.SignOn.ScramKeys> _keys = [];

    /// <summary>Who signed in; null before.</summary>
    public AccountId? Account { get; private set; }

    /// <summary>Whether what was signed in with still holds: app passwords can be revoked while a connection lives.</summary>
    public ValueTask<bool> IsValidAsync(CancellationToken cancellation)
        => _verdict is { Account: not null } verdict ? accounts.IsValidAsync(verdict.Credential, ProtocolDoor.Smtp, cancellation) : new(false);

    public async ValueTask<SaslAnswer> AskAsync(SaslStep question, CancellationToken cancellation)
    {
        switch (question)
        {
            case SaslStep.NeedsPasswordVerdict { AuthorizationId: var other, Username: var name } when other is not null && other != name:
                return new SaslAnswer.Refuse(SaslFailure.InvalidAuthzid); // Nobody acts for another here.
            case SaslStep.NeedsPasswordVerdict typed:
                _verdict = await accounts.CheckAsync(Attempt(typed.Username), typed.Password, cancellation);
                return _verdict.Account is null ? new SaslAnswer.Refuse() : new SaslAnswer.Accept();
            case SaslStep.NeedsVerifier { AuthorizationId: var other, Username: var name } when other is not null && other != name:
                return new SaslAnswer.Refuse(SaslFailure.InvalidAuthzid);
            case SaslStep.NeedsVerifier wanted:
                return await VerifiersAsync(wanted, cancellation);
            case SaslStep.NeedsBearerVerdict token when bearers is not null:
                _verdict = await bearers.CheckAsync(token.Username, token.Token, ProtocolDoor.Smtp, client, cancellation);
                return _verdict.Account is null ? new SaslAnswer.Refuse() : new SaslAnswer.Accept();
            default:
                return new SaslAnswer.Refuse(SaslFailure.InvalidMechanism);
        }
    }

    public async ValueTask<SmtpReply> ConcludeAsync(SaslServer exchange, SaslStep end, CancellationToken cancellation)
    {
        if (_scram is { } attempt && exchange is ScramServer scram)
        {
            var matched = end is SaslStep.Succeeded && scram.MatchedVerifier >= 0 && scram.MatchedVerifier < _keys.Count ? _keys[scram.MatchedVerifier].Credential : (Guid?)null;
            _verdict = await accounts.ConcludeScramAsync(attempt, matched, cancellation);
        }

        _scram = null;
        var verdict = _verdict ?? SignInVerdict.Refused;
        if (end is SaslStep.Succeeded && verdict.Account is { } account)
        {
            Account = account;
            return SmtpReplies.SignedIn;
        }

        return verdict.RetryAfter is { } wait
            ? new(454, "4.7.0", string.Create(CultureInfo.InvariantCulture, $"Too many failures, try again in {Math.Max(1, (int)wait.TotalMinutes)} minutes"))
            : (end as SaslStep.Failed)?.Reason switch
            {
                SaslFailure.Aborted => new(501, "5.7.0", "Sign-in given up"),
                SaslFailure.MalformedRequest => new(501, "5.5.2", "Not what the mechanism says"),
                SaslFailure.TemporaryAuthFailure => new(454, "4.7.0", "Sign-in does not work at the moment"),
                _ => Refused,
            };
    }

    private async ValueTask<SaslAnswer> VerifiersAsync(SaslStep.NeedsVerifier wanted, CancellationToken cancellation)
    {
        _scram = Attempt(wanted.Username);
        var isSha1 = wanted.Hash is Protocols.Sasl.Scram.ScramHash.Sha1;
        var credentials = await accounts.FindScramAsync(_scram, isSha1 ? Contracts.SignOn.ScramHash.Sha1 : Contracts.SignOn.ScramHash.Sha256, cancellation);
        _keys = credentials.Keys;
        var decoy = RandomNumberGenerator.GetBytes(isSha1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes); // Fits no proof: the exchange runs on to its end.
        return new SaslAnswer.Verifiers(
        [
            .. _keys.Select(k => new ScramVerifier(wanted.Hash, credentials.Salt, credentials.Iterations, k.StoredKey, k.ServerKey)),
            new ScramVerifier(wanted.Hash, credentials.Salt, credentials.Iterations, decoy, decoy),
        ]);
    }

    private SignInAttempt Attempt(string login) => new(login, ProtocolDoor.Smtp, client);
}
