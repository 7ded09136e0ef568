using System.Globalization;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>An enhanced mail system status code, "5.1.1" (RFC 3463 §2).</summary>
/// <param name="Class">2 success, 4 persistent transient failure, 5 permanent failure.</param>
/// <param name="Subject">What it is about, 0 to 999: 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 security or policy.</param>
/// <param name="Detail">0 to 999, registered per subject.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    private const int MaxNumber = 999;

    /// <summary>The highest subject registered; what looks like a higher one in a text is the version of a mail server.</summary>
    private const int MaxKnownSubject = 7;

    public bool IsSuccess => Class == 2;

    public bool IsTransient => Class == 4;

    public bool IsPermanent => Class == 5;

    /// <summary>Reads exactly a code.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EnhancedStatusCode code)
        => TryRead(text, out code, out var length) && length == text.Length;

    /// <summary>Finds the first code in a text, e.g. in the reply "550 5.1.1 unknown user". Parts of IP addresses and version numbers are none.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, out EnhancedStatusCode code)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '2' or '4' or '5' && !IsWithinWord(text, at)
                && TryRead(text[at..], out code, out var length) && code.Subject <= MaxKnownSubject)
            {
                var rest = text[(at + length)..];
                if (rest.IsEmpty || !(char.IsAsciiLetterOrDigit(rest[0]) || (rest[0] is '.' or '-' && rest.Length > 1 && char.IsAsciiDigit(rest[1]))))
                {
                    return true;
                }
            }
        }

        code = default;
        return false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static bool TryRead(ReadOnlySpan<char> text, out EnhancedStatusCode code, out int length)
    {
        code = default;
        length = 0;
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.'
            || !TryReadNumber(text[2..], out var subject, out var subjectLength))
        {
            return false;
        }

        var rest = text[(2 + subjectLength)..];
        if (rest.IsEmpty || rest[0] != '.' || !TryReadNumber(rest[1..], out var detail, out var detailLength))
        {
            return false;
        }

        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        length = 3 + subjectLength + detailLength;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number, out int length)
    {
        number = 0;
        for (length = 0; length < text.Length && char.IsAsciiDigit(text[length]); length++)
        {
            number = (number * 10) + text[length] - '0';
            if (number > MaxNumber)
            {
                return false;
            }
        }

        return length is >= 1 and <= 3;
    }

    /// <summary>After a letter, digit or dot; after a hyphen unless it is that of a reply's continued line, "550-5.7.1".</summary>
    private static bool IsWithinWord(ReadOnlySpan<char> text, int at)
        => at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '.'
            || (text[at - 1] is '-' && !(at >= 4 && text[(at - 4)..(at - 1)].IndexOfAnyExceptInRange('0', '9') < 0)));
}
