using System.Buffers;
using System.Text;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>
/// "type; text" as in Final-Recipient (rfc822), Reporting-MTA and Remote-MTA (dns) and Diagnostic-Code (smtp) of RFC 3464 §2.1.2, and in ORCPT.
/// </summary>
/// <param name="Type">The type in lower case.</param>
/// <param name="Text">The rest, decoded.</param>
public sealed record TypedText(string Type, string Text)
{
    /// <summary>RFC 3461 §4.2: the most characters ORCPT may have.</summary>
    public const int MaxOrcptLength = 500;

    private const string Utf8Type = "utf-8";

    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>@,;:\\\".[]");

    /// <summary>An e-mail address: of type rfc822, or utf-8 (RFC 6533) if it needs Unicode.</summary>
    public static TypedText Address(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new TypedText(Ascii.IsValid(address) ? "rfc822" : Utf8Type, address);
    }

    /// <summary>The name of a mail host.</summary>
    public static TypedText Dns(string host) => new("dns", host);

    /// <summary>What an SMTP server said, code first: "550 5.1.1 unknown user".</summary>
    public static TypedText Smtp(string reply) => new("smtp", reply);

    /// <summary>Reads the value of a report field. Without a type, as some hosts write, the type is empty.</summary>
    public static bool TryParse(string value, out TypedText typed)
    {
        ArgumentNullException.ThrowIfNull(value);
        var semicolon = value.IndexOf(';');
        var type = semicolon < 0 ? "" : ReportFields.WithoutComment(value[..semicolon].Trim()).ToLowerInvariant();
        var isTyped = type.Length > 0 && type.AsSpan().IndexOfAny(' ', '\t', '@') < 0;
        var text = isTyped ? value[(semicolon + 1)..].Trim() : value.Trim();
        typed = new TypedText(isTyped ? type : "", type == Utf8Type && Xtext.TryDecodeUtf8Address(text, out var decoded) ? decoded : text);
        return typed.Text.Length > 0;
    }

    /// <summary>Reads the ORCPT parameter of RCPT TO (RFC 3461 §4.2).</summary>
    public static bool TryParseOrcpt(string parameter, out TypedText typed)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        typed = new TypedText("", "");
        var semicolon = parameter.IndexOf(';');
        if (semicolon < 1 || parameter.Length > MaxOrcptLength || !IsAtom(parameter.AsSpan(0, semicolon)))
        {
            return false;
        }

        var type = parameter[..semicolon].ToLowerInvariant();
        var text = parameter.AsSpan(semicolon + 1);
        var isGood = (type == Utf8Type ? Xtext.TryDecodeUtf8Address(text, out var decoded) : Xtext.TryDecode(text, out decoded)) && decoded.Length > 0;
        typed = isGood ? new TypedText(type, decoded) : typed;
        return isGood;
    }

    /// <summary>The ORCPT parameter, ASCII.</summary>
    public string ToOrcpt() => Type == Utf8Type ? $"{Type};{Xtext.EncodeUtf8Address(Text)}" : $"{Type};{Xtext.Encode(Text)}";

    /// <summary>The value of a report field.</summary>
    public override string ToString() => Type switch
    {
        "" => Text,
        Utf8Type => $"{Type}; {Xtext.EncodeUtf8Address(Text, keepUnicode: true)}",
        _ => $"{Type}; {Text}",
    };

    private static bool IsAtom(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('!', '~') < 0 && text.IndexOfAny(Specials) < 0;
}
