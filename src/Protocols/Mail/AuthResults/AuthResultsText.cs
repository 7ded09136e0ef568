namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>Tokens and quoted strings of the field's grammar.</summary>
internal static class AuthResultsText
{
    private const string TSpecials = "()<>@,;:\\\"/[]?=";

    /// <summary>RFC 2045 §5.1 token, with what RFC 6532 adds.</summary>
    public static bool IsTokenChar(char c) => c > ' ' && c != '\x7f' && !TSpecials.Contains(c);

    /// <summary>RFC 8601 §2.2 value: a token, or a quoted string.</summary>
    public static string Value(string text) => text.Length > 0 && text.All(IsTokenChar) ? text : Quoted(text);

    /// <summary>pvalue: also local-part@domain may stand bare.</summary>
    public static string PropertyValue(string text)
    {
        var at = text.IndexOf('@');
        return text.Length > 1 && at >= 0 && at < text.Length - 1 && text.Where((c, i) => i != at).All(IsTokenChar) ? text : Value(text);
    }

    /// <summary>Control characters are dropped: the text may come from a stranger and must not end our field.</summary>
    public static string Quoted(string text)
        => '"' + string.Concat(text.Where(c => !char.IsControl(c)))
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
