using System.Buffers;
using System.Security.Cryptography;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>One message on its way through an <see cref="ArcValidator"/>: header first, body in pieces, verdict at the end.</summary>
public sealed class ArcValidation : IDisposable
{
    private readonly ArcValidator _validator;
    private readonly HeaderBlock _header;
    private readonly BodyHashSet _bodies = new();
    private readonly IReadOnlyList<ArcSet> _sets;
    private readonly ArcVerdict? _settled;
    private readonly int[] _bodyOf;

    internal ArcValidation(ArcValidator validator, HeaderBlock header)
    {
        _validator = validator;
        _header = header;
        _settled = ArcChain.Collect(header, out _sets);
        _bodyOf = [.. (_settled is null ? _sets : []).Select(set => _bodies.Want(set.MessageSignature.BodyCanonicalization, set.MessageSignature.BodyLength))];
    }

    /// <summary>Takes the next piece of the body.</summary>
    public void Append(ReadOnlySpan<byte> piece) => _bodies.Append(piece);

    /// <summary>Ends the body, asks for the keys and judges the chain.</summary>
    public async ValueTask<ArcVerdict> FinishAsync(CancellationToken cancellation = default)
    {
        var bodies = _bodies.Finish();
        if (_settled is not null)
        {
            return _settled;
        }

        // RFC 8617 §5.2 step 4: the newest message signature must verify; older ones tell how far back the message is unchanged.
        var newest = _sets[^1];
        var verdict = await VerifyMessageAsync(newest, bodies, cancellation);
        if (!verdict.IsPass)
        {
            return Fail(ArcProblem.MessageSignature, newest.Instance, verdict);
        }

        // Step 6: every seal, newest first.
        for (var i = _sets.Count - 1; i >= 0; i--)
        {
            var seal = await VerifySealAsync(_sets[i], cancellation);
            if (!seal.IsPass)
            {
                return Fail(ArcProblem.Seal, _sets[i].Instance, seal);
            }
        }

        var oldest = newest.Instance;
        while (oldest > 1 && (await VerifyMessageAsync(_sets[oldest - 2], bodies, cancellation)).IsPass)
        {
            oldest--;
        }

        return new ArcVerdict(ArcStatus.Pass, ArcProblem.None, _sets)
        {
            OldestPass = oldest == 1 ? 0 : oldest,
            HighestInstance = newest.Instance,
        };
    }

    public void Dispose() => _bodies.Dispose();

    private async ValueTask<DkimVerdict> VerifyMessageAsync(ArcSet set, DkimBodyHash[] bodies, CancellationToken cancellation)
    {
        var signature = set.MessageSignature;
        if (signature.ExpiresAt <= _validator.Time.GetUtcNow())
        {
            return new DkimVerdict(DkimResult.Policy, DkimProblem.Expired, signature);
        }

        var verdict = await SignatureCheck.VerifyAsync(
            signature, _header, set.MessageSignaturePosition, bodies[_bodyOf[set.Instance - 1]], _validator.Resolver, cancellation);
        return verdict.IsPass && verdict.UnsignedBodyOctets > 0
            ? verdict with { Result = DkimResult.Policy, Problem = DkimProblem.BodyPartlySigned }
            : verdict;
    }

    private async ValueTask<DkimVerdict> VerifySealAsync(ArcSet set, CancellationToken cancellation)
    {
        var canonical = new ArrayBufferWriter<byte>(8192);
        ArcSealScope.Write(_header, _sets.Take(set.Instance - 1), canonical);
        ArcSealScope.WriteField(_header.Fields[set.ResultsPosition].Raw.Span, canonical);
        ArcSealScope.WriteField(_header.Fields[set.MessageSignaturePosition].Raw.Span, canonical);
        HeaderCanonicalizer.Write(
            HeaderCanonicalizer.WithoutSignature(_header.Fields[set.SealPosition].Raw.Span), Canonicalization.Relaxed, canonical);
        return await SignatureCheck.VerifyHashAsync(set.Seal.Algorithm, set.Seal.Domain, set.Seal.Selector,
            SHA256.HashData(canonical.WrittenSpan), set.Seal.Signature, _validator.Resolver, cancellation);
    }

    private ArcVerdict Fail(ArcProblem problem, int instance, DkimVerdict verdict) => new(
        ArcStatus.Fail, verdict.Result is DkimResult.TempError ? ArcProblem.KeyUnavailable : problem, _sets)
    {
        Instance = instance,
        HighestInstance = _sets[^1].Instance,
        SignatureProblem = verdict.Problem,
    };
}
