using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>
/// Signs messages of one domain with one key (RFC 6376 §5). Hash the body once (<see cref="DkimBodyHash"/>), then sign the header of
/// each copy. Safe for many threads. For two algorithms use two signers and put both fields on top of the message.
/// </summary>
public sealed class DkimSigner
{
    private readonly DkimPrivateKey _key;

    /// <param name="domain">d=: the signing domain; for DMARC it must align with From.</param>
    /// <param name="selector">s=: where the public key is published, SELECTOR._domainkey.DOMAIN.</param>
    /// <exception cref="ArgumentException">Domain and selector do not make a DNS name.</exception>
    public DkimSigner(string domain, string selector, DkimPrivateKey key)
    {
        if (!DomainName.TryNormalize(domain, out var asciiDomain) || !DomainName.TryNormalize(selector, out var asciiSelector)
            || !DomainName.TryNormalize($"{selector}._domainkey.{domain}", out _))
        {
            throw new ArgumentException($"'{selector}._domainkey.{domain}' is no DNS name.", nameof(domain));
        }

        Domain = asciiDomain;
        Selector = asciiSelector;
        _key = key;
    }

    public string Domain { get; }

    public string Selector { get; }

    public Canonicalization HeaderCanonicalization { get; init; } = Canonicalization.Relaxed;

    /// <summary>What is signed; by default what suits people's mail.</summary>
    public DkimFieldSelection Fields { get; init; } = DkimFieldSelection.ForAuthors;

    /// <summary>i=: for whom, e.g. "@lists.example.org"; must lie in the domain. Null leaves it out.</summary>
    public string? Identity { get; init; }

    /// <summary>x= as time after signing; null for none, as most signers do.</summary>
    public TimeSpan? Lifetime { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Signs a message that lies in memory.</summary>
    /// <returns>The DKIM-Signature field with its line end, to be put on top of the message.</returns>
    public byte[] Sign(ReadOnlyMemory<byte> message)
    {
        var header = HeaderBlock.Parse(message);
        return Sign(header, DkimBodyHash.Compute(message.Span[header.BodyOffset..]));
    }

    /// <summary>Signs one copy: its own header over a body that was hashed before.</summary>
    /// <returns>The DKIM-Signature field with its line end, to be put on top of the message.</returns>
    /// <exception cref="ArgumentException">The hash covers only part of the body (l= is not written).</exception>
    public byte[] Sign(HeaderBlock header, DkimBodyHash body)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        if (body.Limit is not null)
        {
            throw new ArgumentException("A signature must cover the whole body.", nameof(body));
        }

        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var tags = new StringBuilder(600)
            .Append("DKIM-Signature: v=1; ")
            .Append(CultureInfo.InvariantCulture, $"a={SignatureText.Algorithm(_key.Algorithm)}; ")
            .Append(CultureInfo.InvariantCulture, $"c={SignatureText.Forms(HeaderCanonicalization, body.Canonicalization)};\r\n\t")
            .Append(CultureInfo.InvariantCulture, $"d={Domain}; s={Selector}; t={now};");
        if (Lifetime is { } lifetime)
        {
            tags.Append(CultureInfo.InvariantCulture, $" x={now + (long)lifetime.TotalSeconds};");
        }

        if (Identity is not null)
        {
            tags.Append(CultureInfo.InvariantCulture, $" i={Identity};");
        }

        return SignatureText.Sign(tags, header, Fields.NamesFor(header), HeaderCanonicalization, body, _key);
    }
}
