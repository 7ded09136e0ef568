using System.Globalization;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>An enhanced status code (RFC 3463 §2): class.subject.detail.</summary>
/// <param name="Class">2 success, 4 try again, 5 for good.</param>
/// <param name="Subject">0-999: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.</param>
/// <param name="Detail">0-999</param>
public readonly record struct EnhancedStatus(int Class, int Subject, int Detail)
{
    private const int MaxPart = 999;

    /// <summary>The subject for addresses: "5.1.1" says there is no such mailbox.</summary>
    public const int Addressing = 1;

    public const int Mailbox = 2;

    public const int Policy = 7;

    public bool IsPermanent => Class == 5;

    /// <summary>Reads "5.1.1" from the start of a reply's text; what follows it, without the blank, is <paramref name="rest"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EnhancedStatus status, out ReadOnlySpan<char> rest)
    {
        status = default;
        rest = text;
        var blank = text.IndexOf(' ');
        var word = blank < 0 ? text : text[..blank];
        Span<Range> parts = stackalloc Range[4];
        if (word.Split(parts, '.') != 3
            || !TryPart(word[parts[0]], out var @class) || @class is not (2 or 4 or 5)
            || !TryPart(word[parts[1]], out var subject) || !TryPart(word[parts[2]], out var detail))
        {
            return false;
        }

        status = new(@class, subject, detail);
        rest = blank < 0 ? [] : text[(blank + 1)..];
        return true;
    }

    /// <exception cref="FormatException">It is no enhanced status code.</exception>
    public static EnhancedStatus Parse(string text)
        => TryParse(text, out var status, out var rest) && rest.IsEmpty ? status : throw new FormatException($"\"{text}\" is no enhanced status code.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static bool TryPart(ReadOnlySpan<char> text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MaxPart && text.Length <= 3;
}
