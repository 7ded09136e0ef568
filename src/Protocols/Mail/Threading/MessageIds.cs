using System.Text;

namespace Plenum.Protocols.Mail.Threading;

/// <summary>Finds message ids in Message-ID, In-Reply-To and References (RFC 5322 §3.6.4), without angle brackets.</summary>
public static class MessageIds
{
    /// <summary>Ids longer than a header line may be (RFC 5322 §2.1.1) are none.</summary>
    public const int MaxIdLength = 998;

    /// <summary>All ids that are valid, i.e. have an "@", in the order they stand. Comments, phrases and broken ids are passed over.</summary>
    /// <param name="value">The value of the field, folded or not.</param>
    public static IReadOnlyList<string> Parse(string value) => Read(value, needsAt: true);

    /// <summary>Also takes ids without "@", as some programs make them: what else would "&lt;4711&gt;" be.</summary>
    public static IReadOnlyList<string> ParseLoosely(string value) => Read(value, needsAt: false);

    /// <summary>The references of a message as threading wants them (RFC 5256 §3): those of References, or else the first of In-Reply-To.</summary>
    public static IReadOnlyList<string> References(string? references, string? inReplyTo)
    {
        var ids = Parse(references ?? "");
        return ids.Count > 0 ? ids : [.. Parse(inReplyTo ?? "").Take(1)];
    }

    private static List<string> Read(string value, bool needsAt)
    {
        ArgumentNullException.ThrowIfNull(value);
        var ids = new List<string>();
        for (var at = 0; at < value.Length; at++)
        {
            switch (value[at])
            {
                case '(':
                    at = SkipComment(value, at);
                    break;
                case '"':
                    at = SkipQuoted(value, at);
                    break;
                case '<' when TryReadId(value, at + 1, needsAt, out var id, out var end):
                    ids.Add(id);
                    at = end;
                    break;
                default:
                    break;
            }
        }

        return ids;
    }

    /// <summary>Reads up to ">". A quoted local part loses its quotes, so that both spellings are one id (RFC 5256 §3); blanks are folding.</summary>
    private static bool TryReadId(string value, int start, bool needsAt, out string id, out int end)
    {
        id = "";
        var text = new StringBuilder();
        var hasAt = false;
        for (end = start; end < value.Length && text.Length <= MaxIdLength; end++)
        {
            var c = value[end];
            switch (c)
            {
                case '>':
                    id = text.ToString();
                    return id.Length is > 0 and <= MaxIdLength && (!needsAt || (hasAt && id[0] != '@' && id[^1] != '@'));
                case '<':
                    return false;
                case ' ' or '\t' or '\r' or '\n' or '"':
                    break;
                case '\\' when end + 1 < value.Length:
                    text.Append(value[++end]);
                    break;
                default:
                    hasAt |= c == '@';
                    text.Append(c);
                    break;
            }
        }

        return false;
    }

    /// <summary>The position of the closing parenthesis, or the last character: an open comment swallows the rest.</summary>
    private static int SkipComment(string value, int at)
    {
        for (var depth = 0; at < value.Length; at++)
        {
            depth += value[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }

            at += value[at] == '\\' ? 1 : 0;
        }

        return value.Length - 1;
    }

    /// <summary>The position of the closing quote; an unclosed quote is an ordinary character.</summary>
    private static int SkipQuoted(string value, int at)
    {
        for (var i = at + 1; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                return i;
            }

            i += value[i] == '\\' ? 1 : 0;
        }

        return at;
    }
}
