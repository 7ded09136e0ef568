namespace Plenum.Protocols.Mail.Smtp;

/// <summary>When the sender wants to hear of a recipient (RFC 3461 §4.1). None of them set: the parameter was absent.</summary>
[Flags]
public enum DsnNotify
{
    Unsaid = 0,
    Never = 1,
    Success = 2,
    Failure = 4,
    Delay = 8,
}

/// <summary>How much of the message a failure report returns (RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    Unsaid,
    Full,
    Headers,
}

/// <summary>Values of NOTIFY, ORCPT, RET and ENVID.</summary>
public static class DsnParameters
{
    public const int MaxEnvelopeId = 100; // RFC 3461 §4.4, octets after decoding

    public const int MaxOriginalRecipient = 500; // RFC 3461 §4.2

    /// <summary>Reads "NEVER" or a list of the others.</summary>
    public static bool TryNotify(string? value, out DsnNotify notify)
    {
        notify = DsnNotify.Unsaid;
        foreach (var word in (value ?? "").ToUpperInvariant().Split(','))
        {
            var one = word switch
            {
                "NEVER" => DsnNotify.Never,
                "SUCCESS" => DsnNotify.Success,
                "FAILURE" => DsnNotify.Failure,
                "DELAY" => DsnNotify.Delay,
                _ => DsnNotify.Unsaid,
            };
            if (one is DsnNotify.Unsaid || notify.HasFlag(one))
            {
                return false;
            }

            notify |= one;
        }

        return !notify.HasFlag(DsnNotify.Never) || notify is DsnNotify.Never;
    }

    public static string Write(DsnNotify notify)
        => string.Join(',', Enum.GetValues<DsnNotify>().Where(n => n is not DsnNotify.Unsaid && notify.HasFlag(n)).Select(n => n.ToString().ToUpperInvariant()));

    public static bool TryReturn(string? value, out DsnReturn @return)
    {
        @return = value?.ToUpperInvariant() switch { "FULL" => DsnReturn.Full, "HDRS" => DsnReturn.Headers, _ => DsnReturn.Unsaid };
        return @return is not DsnReturn.Unsaid;
    }

    public static bool TryEnvelopeId(string? value, out string id)
    {
        id = "";
        return value is not null && Xtext.TryDecode(value, out id) && id.Length is > 0 and <= MaxEnvelopeId;
    }

    /// <summary>Reads "rfc822;ada@example.org" with its address in xtext (or utf-8, RFC 6533 §3); the result is decoded.</summary>
    public static bool TryOriginalRecipient(string? value, out string recipient)
    {
        recipient = "";
        if (value is not { Length: <= MaxOriginalRecipient } || value.Split(';', 2) is not [{ Length: > 0 } type, { Length: > 0 } encoded]
            || !type.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !Xtext.TryDecode(encoded, out var address))
        {
            return false;
        }

        recipient = $"{type.ToLowerInvariant()};{address}";
        return true;
    }

    /// <summary>The opposite of <see cref="TryOriginalRecipient"/>.</summary>
    public static string WriteOriginalRecipient(string recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return recipient.Split(';', 2) is [var type, var address] ? $"{type};{Xtext.Encode(address)}" : $"rfc822;{Xtext.Encode(recipient)}";
    }
}
