using System.Text;
using Plenum.Kernel.Blobs;
using Plenum.Mail.Signing;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Sending;

/// <summary>
/// A message as it goes out, as it is or in seven bits: the header all copies share, the body in the blob store with its hash computed once.
/// Each copy gets its own lines and signatures on top.
/// </summary>
internal sealed class OutgoingForm
{
    private const int MaxBodyInMemory = 256 * 1024; // A list's post goes to thousands: its body is not read from the disk for each.
    private readonly Blobs _blobs;
    private readonly BlobHash _blob;
    private readonly long _bodyOffset;
    private readonly byte[] _header;
    private readonly DomainSigners? _signers;
    private readonly Lazy<byte[]> _sharedHead;
    private readonly Lazy<Task<byte[]?>> _body;

    public OutgoingForm(Blobs blobs, BlobHash blob, long bodyOffset, byte[] header, ContentFacts facts, DomainSigners? signers)
    {
        _blobs = blobs;
        _blob = blob;
        _bodyOffset = bodyOffset;
        _header = header;
        _signers = signers;
        Facts = facts;
        BodyLength = facts.Length - facts.HeaderLength;
        _sharedHead = new(() => Sign(header));
        _body = new(ReadBodyAsync);
    }

    public ContentFacts Facts { get; }

    /// <summary>In octets.</summary>
    public long BodyLength { get; }

    /// <summary>The complete header of a copy, signed, with the empty line.</summary>
    /// <param name="ownLines">Header lines of this copy only; empty for none.</param>
    public byte[] Head(string ownLines) => ownLines.Length == 0 ? _sharedHead.Value : Sign([.. Encoding.ASCII.GetBytes(ownLines), .. _header]);

    /// <summary>A copy from its first octet to its last.</summary>
    public async ValueTask<Stream> OpenAsync(byte[] head, CancellationToken cancellation)
        => await _body.Value is { } body
            ? new HeadedStream(head, new MemoryStream(body, writable: false))
            : new HeadedStream(head, await _blobs.OpenAsync(_blob, _bodyOffset, null, cancellation) ?? throw new IOException($"The blob {_blob} is missing from the store."));

    private byte[] Sign(byte[] header)
    {
        if (_signers is not { } signers)
        {
            return header;
        }

        var block = HeaderBlock.Parse(header);
        var chosen = block.PositionsOf("List-Id").Count > 0 ? signers.Lists : signers.Authors;
        return [.. chosen.SelectMany(signer => signer.Sign(block, Facts.BodyHash)), .. header];
    }

    private async Task<byte[]?> ReadBodyAsync()
    {
        if (BodyLength > MaxBodyInMemory)
        {
            return null;
        }

        await using var content = await _blobs.OpenAsync(_blob, _bodyOffset, null, CancellationToken.None) ?? throw new IOException($"The blob {_blob} is missing from the store.");
        using var octets = new MemoryStream((int)BodyLength);
        await content.CopyToAsync(octets);
        return octets.ToArray();
    }
}
