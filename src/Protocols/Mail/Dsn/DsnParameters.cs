namespace Plenum.Protocols.Mail.Dsn;

/// <summary>Reads and writes the values of the SMTP parameters of RFC 3461 §4; ORCPT is at <see cref="TypedText"/>.</summary>
public static class DsnParameters
{
    /// <summary>RFC 3461 §4.4: the most characters ENVID may have.</summary>
    public const int MaxEnvidLength = 100;

    /// <summary>NOTIFY, e.g. "SUCCESS,DELAY". False for an unknown or repeated word, or NEVER beside others.</summary>
    public static bool TryParseNotify(ReadOnlySpan<char> value, out DsnNotify notify)
    {
        notify = DsnNotify.Unspecified;
        foreach (var range in value.Split(','))
        {
            var word = value[range];
            var flag = Is(word, "NEVER") ? DsnNotify.Never
                : Is(word, "SUCCESS") ? DsnNotify.Success
                : Is(word, "FAILURE") ? DsnNotify.Failure
                : Is(word, "DELAY") ? DsnNotify.Delay : DsnNotify.Unspecified;
            if (flag is DsnNotify.Unspecified || notify.HasFlag(flag))
            {
                return false;
            }

            notify |= flag;
        }

        return notify is DsnNotify.Never || !notify.HasFlag(DsnNotify.Never);
    }

    /// <summary>The value to pass on; empty for <see cref="DsnNotify.Unspecified"/>: leave the parameter out.</summary>
    public static string Format(DsnNotify notify) => string.Join(',', new[]
    {
        notify.HasFlag(DsnNotify.Never) ? "NEVER" : null,
        notify.HasFlag(DsnNotify.Success) ? "SUCCESS" : null,
        notify.HasFlag(DsnNotify.Failure) ? "FAILURE" : null,
        notify.HasFlag(DsnNotify.Delay) ? "DELAY" : null,
    }.Where(word => word is not null));

    /// <summary>RET: "FULL" or "HDRS".</summary>
    public static bool TryParseReturn(ReadOnlySpan<char> value, out DsnReturn wanted)
    {
        wanted = Is(value, "FULL") ? DsnReturn.Full : Is(value, "HDRS") ? DsnReturn.Headers : DsnReturn.Unspecified;
        return wanted is not DsnReturn.Unspecified;
    }

    /// <summary>The value to pass on; empty for <see cref="DsnReturn.Unspecified"/>: leave the parameter out.</summary>
    public static string Format(DsnReturn wanted) => wanted switch
    {
        DsnReturn.Full => "FULL",
        DsnReturn.Headers => "HDRS",
        _ => "",
    };

    /// <summary>ENVID: xtext of at most 100 characters that decodes to printable ASCII (RFC 3461 §4.4).</summary>
    public static bool TryParseEnvid(ReadOnlySpan<char> value, out string envid)
    {
        return Xtext.TryDecode(value, out envid) && value.Length is > 0 and <= MaxEnvidLength && envid.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
    }

    private static bool Is(ReadOnlySpan<char> value, string word) => value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
