using System.Globalization;

namespace Plenum.Kernel.Addresses;

/// <summary>A mailbox address: local part as written, domain in lower case with A-labels (RFC 5321 §4.1.2, RFC 5890 §2.3.2.1).</summary>
public readonly record struct MailAddress
{
    private const int MaxLocalPart = 64; // RFC 5321 §4.5.3.1.1
    private const int MaxDomain = 255; // RFC 5321 §4.5.3.1.2
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private MailAddress(string local, string domain) => (LocalPart, Domain) = (local, domain);

    public string LocalPart => field ?? "";

    public string Domain => field ?? "";

    /// <summary>The local part before a "+" (subaddress, RFC 5233), in lower case: what directories look up.</summary>
    public string BaseLocalPart => LocalPart.Split('+', 2)[0].ToLowerInvariant();

    /// <summary>What follows the first "+", or null.</summary>
    public string? Detail => LocalPart.Split('+', 2) is [_, var detail] ? detail : null;

    public static bool TryParse(string? text, out MailAddress address)
    {
        address = default;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at <= 0 || at == text!.Length - 1 || System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, at)) > MaxLocalPart)
        {
            return false;
        }

        var local = text[..at];
        if (!IsDotString(local) || !TryFoldDomain(text[(at + 1)..], out var domain))
        {
            return false;
        }

        address = new(local, domain);
        return true;
    }

    /// <summary>The domain in lower case as A-labels; false if it is no host name.</summary>
    public static bool TryFoldDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text.TrimEnd('.')).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false; // IdnMapping has no Try form.
        }

        return domain.Length is > 0 and <= MaxDomain && !domain.StartsWith('-');
    }

    public override string ToString() => $"{LocalPart}@{Domain}";

    // RFC 5321 §4.1.2 Dot-string with the UTF-8 atoms of RFC 6531 §3.3. Quoted strings name no mailbox of ours or of anyone we write to.
    private static bool IsDotString(string local)
        => local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal) && local.All(IsAtomText);

    private static bool IsAtomText(char c)
        => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal) || (c > 0x7F && !char.IsControl(c) && !char.IsWhiteSpace(c));
}
