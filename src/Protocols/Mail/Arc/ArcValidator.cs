using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>Validates the Authenticated Received Chain of messages (RFC 8617 §5.2). One validator serves many messages and threads.</summary>
public sealed class ArcValidator(IDnsResolver resolver, TimeProvider? time = null)
{
    internal IDnsResolver Resolver => resolver;

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Starts on a message whose header has arrived; the body follows in pieces.</summary>
    public ArcValidation Begin(HeaderBlock header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new ArcValidation(this, header);
    }

    /// <summary>Validates a message that lies in memory.</summary>
    public async ValueTask<ArcVerdict> ValidateAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        var header = HeaderBlock.Parse(message);
        using var validation = Begin(header);
        validation.Append(message.Span[header.BodyOffset..]);
        return await validation.FinishAsync(cancellation);
    }
}
