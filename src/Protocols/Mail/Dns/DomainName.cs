using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Dns;

/// <summary>Host and mail domain names as values: one spelling for comparing and asking.</summary>
public static class DomainName
{
    /// <summary>RFC 1035 §2.3.4, in octets of text without the trailing dot.</summary>
    public const int MaxLength = 253;

    /// <summary>RFC 1035 §2.3.4, in octets.</summary>
    public const int MaxLabelLength = 63;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>
    /// Brings a name into lower-case A-labels (RFC 5890 §2.3.2.1) without a trailing dot. Underscores and other printable ASCII stay:
    /// the DNS allows them. False if a label is empty or too long, the name too long, or holds blanks or control characters.
    /// </summary>
    /// <param name="allowsBlanks">The DNS knows any octet; SPF macros can make names with blanks (RFC 7208 §7.1 "%_").</param>
    public static bool TryNormalize(string? name, out string ascii, bool allowsBlanks = false)
    {
        ascii = "";
        if (string.IsNullOrEmpty(name) || name.Length > 4 * MaxLength)
        {
            return false;
        }

        var text = name.EndsWith('.') ? name[..^1] : name;
        if (!Ascii.IsValid(text))
        {
            try
            {
                text = Idn.GetAscii(text);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        if (!HasGoodShape(text, allowsBlanks ? ' ' : '!'))
        {
            return false;
        }

        ascii = text.ToLowerInvariant();
        return true;
    }

    /// <summary>Whether <paramref name="name"/> is <paramref name="parent"/> or lies below it. Both in the same spelling; case does not matter.</summary>
    public static bool IsEqualOrBelow(string name, string parent)
        => name.EndsWith(parent, StringComparison.OrdinalIgnoreCase)
            && (name.Length == parent.Length || (name.Length > parent.Length && name[name.Length - parent.Length - 1] == '.'));

    private static bool HasGoodShape(string name, char lowest)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return false;
        }

        var label = 0;
        foreach (var c in name)
        {
            if (c < lowest || c >= '\x7f')
            {
                return false;
            }

            label = c == '.' ? 0 : label + 1;
            if (label > MaxLabelLength)
            {
                return false;
            }
        }

        return !name.StartsWith('.') && label > 0 && !name.Contains("..", StringComparison.Ordinal);
    }
}
