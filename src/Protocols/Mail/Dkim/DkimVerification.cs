namespace Plenum.Protocols.Mail.Dkim;

/// <summary>One message on its way through a <see cref="DkimVerifier"/>: header first, body in pieces, verdicts at the end.</summary>
public sealed class DkimVerification : IDisposable
{
    private readonly DkimVerifier _verifier;
    private readonly HeaderBlock _header;
    private readonly BodyHashSet _bodies = new();
    private readonly List<Entry> _entries = [];

    internal DkimVerification(DkimVerifier verifier, HeaderBlock header)
    {
        _verifier = verifier;
        _header = header;
        foreach (var position in header.PositionsOf("DKIM-Signature"))
        {
            _entries.Add(Read(position));
        }
    }

    /// <summary>Takes the next piece of the body.</summary>
    public void Append(ReadOnlySpan<byte> piece) => _bodies.Append(piece);

    /// <summary>Ends the body, asks for the keys, and yields one verdict per signature, topmost first.</summary>
    public async ValueTask<IReadOnlyList<DkimVerdict>> FinishAsync(CancellationToken cancellation = default)
    {
        var bodies = _bodies.Finish();
        var verdicts = new List<DkimVerdict>(_entries.Count);
        foreach (var (position, body, settled, signature) in _entries)
        {
            verdicts.Add(settled ?? Judge(await SignatureCheck.VerifyAsync(
                signature!, _header, position, bodies[body], _verifier.Resolver, cancellation)));
        }

        return verdicts;
    }

    public void Dispose() => _bodies.Dispose();

    private Entry Read(int position)
    {
        if (_entries.Count >= _verifier.Options.MaxSignatures)
        {
            return Settled(position, DkimResult.Policy, DkimProblem.TooManySignatures, null);
        }

        if (!DkimSignature.TryParse(_header.Fields[position].Value, out var signature, out var problem))
        {
            var result = problem is DkimProblem.Syntax ? DkimResult.Neutral : DkimResult.PermError;
            return Settled(position, result, problem, null);
        }

        var now = _verifier.Time.GetUtcNow();
        if (signature!.ExpiresAt <= now)
        {
            return Settled(position, DkimResult.Policy, DkimProblem.Expired, signature);
        }

        if (signature.SignedAt > now + _verifier.Options.ClockTolerance)
        {
            return Settled(position, DkimResult.Policy, DkimProblem.FromTheFuture, signature);
        }

        return new Entry(position, _bodies.Want(signature.BodyCanonicalization, signature.BodyLength), null, signature);
    }

    /// <summary>The rules that apply after the mathematics came out right.</summary>
    private DkimVerdict Judge(DkimVerdict verdict)
    {
        if (!verdict.IsPass)
        {
            return verdict;
        }

        var signature = verdict.Signature!;
        if (verdict.Key!.ForbidsSubdomains && !signature.Identity.EndsWith('@' + signature.Domain, StringComparison.Ordinal))
        {
            return verdict with { Result = DkimResult.PermError, Problem = DkimProblem.Identity }; // RFC 6376 §3.6.1 t=s
        }

        return verdict.UnsignedBodyOctets > 0 && !_verifier.Options.AcceptsPartlySignedBody
            ? verdict with { Result = DkimResult.Policy, Problem = DkimProblem.BodyPartlySigned }
            : verdict;
    }

    private static Entry Settled(int position, DkimResult result, DkimProblem problem, DkimSignature? signature)
        => new(position, -1, new DkimVerdict(result, problem, signature), signature);

    private sealed record Entry(int Position, int Body, DkimVerdict? Verdict, DkimSignature? Signature);
}
