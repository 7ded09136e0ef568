using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>
/// Adds an ARC set to messages that leave changed or forwarded (RFC 8617 §5.1): a list seals after its changes and before it signs.
/// Safe for many threads.
/// </summary>
public sealed class ArcSealer
{
    private readonly DkimPrivateKey _key;

    /// <param name="domain">d=: who seals.</param>
    /// <param name="selector">s=: where the public key is published.</param>
    /// <exception cref="ArgumentException">Domain and selector do not make a DNS name.</exception>
    public ArcSealer(string domain, string selector, DkimPrivateKey key)
    {
        if (!DomainName.TryNormalize(domain, out var asciiDomain) || !DomainName.TryNormalize(selector, out var asciiSelector))
        {
            throw new ArgumentException($"'{selector}._domainkey.{domain}' is no DNS name.", nameof(domain));
        }

        Domain = asciiDomain;
        Selector = asciiSelector;
        _key = key;
    }

    public string Domain { get; }

    public string Selector { get; }

    /// <summary>Names for the message signature's h=. Null takes what suits lists; DKIM-Signature fields are always among those.</summary>
    public IReadOnlyList<string>? SignedFields { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seals a message with the verdict its chain got on arrival and the results found then.</summary>
    /// <param name="header">The header as it will leave.</param>
    /// <param name="body">Hash of the body as it will leave.</param>
    /// <param name="chain">What <see cref="ArcValidator"/> said about the message as it came.</param>
    /// <param name="results">What we found on arrival; becomes ARC-Authentication-Results.</param>
    /// <returns>
    /// ARC-Seal, ARC-Message-Signature and ARC-Authentication-Results with line ends, to be put on top. Empty if nothing may be
    /// added, see <see cref="ArcVerdict.NextChainValue"/>.
    /// </returns>
    public byte[] Seal(HeaderBlock header, DkimBodyHash body, ArcVerdict chain, AuthenticationResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Seal(header, body, chain, results.WriteValue());
    }

    /// <inheritdoc cref="Seal(HeaderBlock, DkimBodyHash, ArcVerdict, AuthenticationResults)"/>
    /// <param name="resultsValue">The value of an Authentication-Results field.</param>
    public byte[] Seal(HeaderBlock header, DkimBodyHash body, ArcVerdict chain, string resultsValue)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(chain);
        var instance = chain.HighestInstance + 1;
        if (chain.NextChainValue is null)
        {
            return [];
        }

        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var resultsField = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{ArcChain.ResultsField}: i={instance}; {resultsValue}\r\n"));

        // The results field is part of the message already when the message signature may name it in h=.
        var extended = HeaderBlock.Parse((byte[])[.. resultsField, .. Join(header)]);
        var signature = SignMessage(extended, body, instance, now);
        var seal = SealChain(header, chain, instance, now, resultsField, signature);
        return [.. seal, .. signature, .. resultsField];
    }

    private byte[] SignMessage(HeaderBlock header, DkimBodyHash body, int instance, long now)
    {
        var names = SignedFields ?? NamesFor(header);
        var canonical = new ArrayBufferWriter<byte>(4096);
        HeaderCanonicalizer.WriteSelected(header, names, excluded: -1, Canonicalization.Relaxed, canonical);
        var before = new StringBuilder($"{ArcChain.MessageSignatureField}: a={SignatureText.Algorithm(_key.Algorithm)};\r\n\tb=");
        var after = new StringBuilder(";\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"bh={Convert.ToBase64String(body.Sha256.Span)};")
            .Append(CultureInfo.InvariantCulture, $" c={SignatureText.Forms(Canonicalization.Relaxed, body.Canonicalization)};\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"d={Domain}; h=");

        // A blank before i=, not a tab: dkimpy finds the field by " i=N;".
        SignatureText.AppendNames(after, names, column: Domain.Length + 12, lineLength: MaxNamesLine);
        after.Append(CultureInfo.InvariantCulture, $";\r\n i={instance}; s={Selector}; t={now}");
        return SignatureText.SealAround(before, after, canonical, _key);
    }

    private byte[] SealChain(HeaderBlock header, ArcVerdict chain, int instance, long now, byte[] results, byte[] signature)
    {
        var canonical = new ArrayBufferWriter<byte>(8192);
        if (chain.Status is ArcStatus.Pass) // RFC 8617 §5.1.2: a failed chain is sealed as if this set were the only one.
        {
            // The caller's header may differ from the one that was validated: positions are looked up in this one.
            ArcChain.Collect(header, out var sets);
            ArcSealScope.Write(header, sets, canonical);
        }

        ArcSealScope.WriteField(results.AsSpan(0, results.Length - 2), canonical);
        ArcSealScope.WriteField(signature.AsSpan(0, signature.Length - 2), canonical);
        var status = chain.Status switch { ArcStatus.None => "none", ArcStatus.Pass => "pass", _ => "fail" };
        var before = new StringBuilder($"{ArcChain.SealField}: a={SignatureText.Algorithm(_key.Algorithm)};\r\n\tb=");
        var after = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"; cv={status}; d={Domain};\r\n\ti={instance}; s={Selector}; t={now}");
        return SignatureText.SealAround(before, after, canonical, _key);
    }

    /// <summary>h= is folded late: its folding is part of what is signed, and other tools write it in one piece. RFC 5322 §2.1.1 allows 998.</summary>
    private const int MaxNamesLine = 900;

    /// <summary>
    /// Present fields only, no oversigning. RFC 8617 §4.1.2: DKIM-Signature fields should be covered, Authentication-Results and ARC's own must not.
    /// </summary>
    private static List<string> NamesFor(HeaderBlock header)
    {
        var names = new List<string>(32);
        foreach (var name in DkimFieldSelection.ForLists.Covered.Append("DKIM-Signature"))
        {
            names.AddRange(Enumerable.Repeat(name, header.PositionsOf(name).Count));
        }

        return names;
    }

    private static byte[] Join(HeaderBlock header)
    {
        var joined = new MemoryStream();
        foreach (var field in header.Fields)
        {
            joined.Write(field.Raw.Span);
            joined.Write("\r\n"u8);
        }

        return joined.ToArray();
    }
}
