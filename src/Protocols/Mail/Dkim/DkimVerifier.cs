using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Verifies all DKIM signatures of a message (RFC 6376 §6). One verifier serves many messages and threads.</summary>
public sealed class DkimVerifier(IDnsResolver resolver, DkimVerifierOptions? options = null, TimeProvider? time = null)
{
    internal IDnsResolver Resolver => resolver;

    internal DkimVerifierOptions Options { get; } = options ?? new DkimVerifierOptions();

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Starts on a message whose header has arrived; the body follows in pieces.</summary>
    public DkimVerification Begin(HeaderBlock header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new DkimVerification(this, header);
    }

    /// <summary>Verifies a message that lies in memory.</summary>
    /// <returns>One verdict per DKIM-Signature field, topmost first; empty if there is none.</returns>
    public async ValueTask<IReadOnlyList<DkimVerdict>> VerifyAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        var header = HeaderBlock.Parse(message);
        using var verification = Begin(header);
        verification.Append(message.Span[header.BodyOffset..]);
        return await verification.FinishAsync(cancellation);
    }
}
