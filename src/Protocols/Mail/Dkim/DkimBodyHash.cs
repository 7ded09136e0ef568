namespace Plenum.Protocols.Mail.Dkim;

/// <summary>
/// The SHA-256 of a body in canonical form. Compute it once and sign the headers of any number of copies with it.
/// </summary>
/// <param name="Canonicalization">The form that was hashed.</param>
/// <param name="Sha256">32 octets.</param>
/// <param name="Length">Octets of the whole canonical body, also those beyond <see cref="Limit"/>.</param>
public sealed record DkimBodyHash(Canonicalization Canonicalization, ReadOnlyMemory<byte> Sha256, long Length)
{
    /// <summary>How many octets were hashed at most (l=); null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Hashes a body that lies in memory.</summary>
    public static DkimBodyHash Compute(ReadOnlySpan<byte> body, Canonicalization canonicalization = Canonicalization.Relaxed)
    {
        using var hasher = new DkimBodyHasher(canonicalization);
        hasher.Append(body);
        return hasher.Finish();
    }

    /// <summary>Hashes a body from a stream that stands at the body's first octet.</summary>
    public static async ValueTask<DkimBodyHash> ComputeAsync(
        Stream body, Canonicalization canonicalization = Canonicalization.Relaxed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var hasher = new DkimBodyHasher(canonicalization);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            hasher.Append(buffer.AsSpan(0, read));
        }

        return hasher.Finish();
    }
}
