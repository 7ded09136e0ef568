using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>Writes text so that it means nothing in wikitext: what it would start becomes character references.</summary>
internal static class WikiEscape
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("\"&'<=>[]{|};\n\r_:#* \t-IRP");
    private static readonly SearchValues<char> s_always = SearchValues.Create("\"&'<=>[]{|};");

    /// <summary>Schemes that make a link without "//".</summary>
    private static readonly string[] s_schemes = ["bitcoin", "geo", "magnet", "mailto", "matrix", "news", "sip", "sips", "sms", "tel", "urn", "xmpp"];

    private static readonly string[] s_slashSchemes =
        ["ftp", "ftps", "git", "gopher", "http", "https", "irc", "ircs", "mms", "nntp", "redis", "sftp", "ssh", "svn", "telnet", "worldwind"];

    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(s_special) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        var at = 0;
        var isLineStart = true; // The start of the text may come to stand at the start of a line.
        while (at < text.Length)
        {
            at += isLineStart ? WriteLineStart(text, at, result, ref isLineStart) : WriteOne(text, at, result, ref isLineStart);
        }

        return result.ToString();
    }

    /// <summary>Writes what follows a line end (or the start). Gives the characters taken; none if there is nothing to escape here.</summary>
    private static int WriteLineStart(string text, int at, StringBuilder result, ref bool isLineStart)
    {
        isLineStart = false;
        if (text[at] is '#' or '*' or ':' or ' ' or '\n' or '\t' or '\r')
        {
            Reference(result, text[at]);
            return 1;
        }

        if (text.AsSpan(at).StartsWith("----"))
        {
            Reference(result, '-');
            result.Append("---");
            return 4;
        }

        return 0;
    }

    private static int WriteOne(string text, int at, StringBuilder result, ref bool isLineStart)
    {
        var c = text[at];
        var rest = text.AsSpan(at);
        if (c is '\n' or '\r')
        {
            if (rest.StartsWith("\r\n"))
            {
                result.Append("&#13;\n");
                return 2;
            }

            result.Append(c);
            isLineStart = true;
            return 1;
        }

        if (rest.StartsWith("__"))
        {
            result.Append("_&#95;");
            return 2;
        }

        if (rest.StartsWith("://"))
        {
            result.Append("&#58;//");
            return 3;
        }

        if (c is 'I' or 'R' or 'P' && MagicLinkLength(rest) is > 0 and var length)
        {
            result.Append(rest[..(length - 1)]);
            Reference(result, rest[length - 1]);
            return length;
        }

        if (s_always.Contains(c) || (c == ':' && EndsWithScheme(text.AsSpan(0, at))))
        {
            Reference(result, c);
        }
        else
        {
            result.Append(c);
        }

        return 1;
    }

    /// <summary>Words that make a link together with the number after a blank; 0 if none starts here.</summary>
    private static int MagicLinkLength(ReadOnlySpan<char> text)
    {
        var length = text.StartsWith("ISBN") || text.StartsWith("PMID") ? 4 : text.StartsWith("RFC") ? 3 : 0;
        return length > 0 && text.Length > length && text[length] is ' ' or (>= '\t' and <= '\r') ? length + 1 : 0;
    }

    /// <summary>True if the colon at a place follows a scheme that makes a link.</summary>
    public static bool IsScheme(string text, int colon)
        => text.AsSpan(colon).StartsWith("://") ? EndsWithAny(text.AsSpan(0, colon), s_slashSchemes) : EndsWithScheme(text.AsSpan(0, colon));

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] schemes)
    {
        foreach (var scheme in schemes)
        {
            if (text.EndsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithScheme(ReadOnlySpan<char> text)
    {
        foreach (var scheme in s_schemes)
        {
            if (text.EndsWith(scheme, StringComparison.OrdinalIgnoreCase)
                && (text.Length == scheme.Length || !(char.IsAsciiLetterOrDigit(text[^(scheme.Length + 1)]) || text[^(scheme.Length + 1)] == '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static void Reference(StringBuilder result, char c) => result.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
}
