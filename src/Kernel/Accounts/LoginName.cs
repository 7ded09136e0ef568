namespace Plenum.Kernel.Accounts;

/// <summary>
/// A sign-in name: also a mail local part and an XMPP localpart, so the characters are those all three take without quoting:
/// a-z, 0-9 and inner single ".", "-", "_"; 2 to 40 characters; never a role name of RFC 2142.
/// </summary>
public readonly record struct LoginName
{
    public const int MinLength = 2;
    public const int MaxLength = 40;

    // RFC 2142 and the names that people take for the staff's.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abuse", "admin", "administrator", "hostmaster", "info", "mailer-daemon", "marketing", "news", "noc", "noreply", "no-reply", "nobody",
        "postmaster", "root", "sales", "security", "support", "system", "trouble", "usenet", "uucp", "webmaster", "www", "plenum",
    };

    private LoginName(string value) => Value = value;

    public string Value => field ?? "";

    public static bool TryParse(string? text, out LoginName name)
    {
        var folded = (text ?? "").Trim().ToLowerInvariant();
        name = new(folded);
        return folded.Length is >= MinLength and <= MaxLength
            && char.IsAsciiLetterOrDigit(folded[0]) && char.IsAsciiLetterOrDigit(folded[^1])
            && folded.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            && !folded.Contains("..", StringComparison.Ordinal)
            && !Reserved.Contains(folded);
    }

    /// <exception cref="RuleException">The text is no sign-in name.</exception>
    public static LoginName Parse(string? text)
        => TryParse(text, out var name) ? name : throw new RuleException("accounts.login-invalid", MinLength, MaxLength);

    public override string ToString() => Value;
}
