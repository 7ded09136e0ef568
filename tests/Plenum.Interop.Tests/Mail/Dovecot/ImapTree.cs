using System.Globalization;
using System.Text;

namespace Plenum.Interop.Tests.Mail.Dovecot;

/// <summary>Lines of IMAP answers as trees: a word is a string, a list is a list. Just enough to compare two servers.</summary>
internal static class ImapTree
{
    public static List<IReadOnlyList<object>> Read(byte[] answers)
    {
        var lines = new List<IReadOnlyList<object>>();
        var at = 0;
        while (at < answers.Length)
        {
            lines.Add(Items(answers, ref at));
        }

        return lines;
    }

    /// <summary>
    /// One form for both: upper case, one kind of text whether quoted or not, blanks folded; without the charset us-ascii, which Dovecot adds
    /// where a mail has none, and with nothing for a domain that is missing, for which Dovecot has a word.
    /// </summary>
    public static string Text(object item)
    {
        if (item is not IReadOnlyList<object> list)
        {
            var word = string.Join(' ', ((string)item).ToUpperInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
            return word is "MISSING_DOMAIN" or "MISSING_MAILBOX" or "SYNTAX_ERROR" ? "" : word;
        }

        var words = list.Select(Text).ToList();
        if (words.IndexOf("CHARSET") is var at and >= 0 && at + 1 < words.Count && words[at + 1] == "US-ASCII")
        {
            words.RemoveRange(at, 2);
            return words.Count == 0 ? "NIL" : $"({string.Join(' ', words)})";
        }

        return $"({string.Join(' ', words)})";
    }

    private static List<object> Items(byte[] answers, ref int at)
    {
        var items = new List<object>();
        while (at < answers.Length)
        {
            switch ((char)answers[at])
            {
                case ' ':
                case '\r':
                    at++;
                    break;
                case '\n':
                case ')':
                    at++;
                    return items;
                case '(':
                    at++;
                    items.Add(Items(answers, ref at));
                    break;
                case '"':
                    items.Add(Quoted(answers, ref at));
                    break;
                case '{':
                    items.Add(Literal(answers, ref at));
                    break;
                default:
                    var start = at;
                    while (at < answers.Length && answers[at] is not ((byte)' ' or (byte)')' or (byte)'(' or (byte)'\r' or (byte)'\n'))
                    {
                        at++;
                    }

                    items.Add(Encoding.Latin1.GetString(answers, start, at - start));
                    break;
            }
        }

        return items;
    }

    private static string Quoted(byte[] answers, ref int at)
    {
        var text = new List<byte>();
        for (at++; answers[at] != '"'; at++)
        {
            at += answers[at] == '\\' ? 1 : 0;
            text.Add(answers[at]);
        }

        at++;
        return Decode([.. text]);
    }

    private static string Literal(byte[] answers, ref int at)
    {
        var end = Array.IndexOf(answers, (byte)'}', at);
        var length = int.Parse(Encoding.ASCII.GetString(answers, at + 1, end - at - 1), CultureInfo.InvariantCulture);
        at = end + 3 + length;
        return Decode(answers[(end + 3)..at]);
    }

    // UTF-8 where it is UTF-8, else Latin-1, as both servers send what the header held.
    private static string Decode(byte[] octets)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }
}
