using System.Text;

namespace Plenum.Protocols.Mail.Reports;

/// <summary>Groups of header-like fields with empty lines between: the form of message/delivery-status and message/feedback-report.</summary>
internal static class ReportFields
{
    /// <summary>Fields in one part; a report about 1,000 recipients has some 8,000. What follows is not read.</summary>
    public const int MaxFields = 20_000;

    /// <summary>Characters of one unfolded value; diagnostics longer than this help nobody.</summary>
    public const int MaxValueLength = 16_384;

    /// <summary>RFC 5322 §2.1.1: where a line should be folded.</summary>
    private const int FoldAt = 78;

    /// <summary>RFC 5322 §2.1.1: where a line must end, less name, blank and line end.</summary>
    private const int MaxLine = 900;

    /// <summary>Reads groups; lines may end in CRLF, LF or CR, UTF-8 is expected, other octets become U+FFFD. A line that is no field is passed over.</summary>
    public static List<List<ReportField>> ReadGroups(ReadOnlySpan<byte> part)
    {
        var groups = new List<List<ReportField>>();
        List<ReportField>? group = null;
        string? name = null;
        var value = new StringBuilder();
        var count = 0;
        foreach (var line in Encoding.UTF8.GetString(part).AsSpan().EnumerateLines())
        {
            if (line.TrimEnd().IsEmpty)
            {
                Close(ref group, ref name, value);
                group = null;
                continue;
            }

            if (line[0] is ' ' or '\t')
            {
                if (name is not null && value.Length < MaxValueLength)
                {
                    value.Append(line);
                }

                continue;
            }

            Close(ref group, ref name, value);
            var colon = line.IndexOf(':');
            if (colon > 0 && IsName(line[..colon].TrimEnd()) && count++ < MaxFields)
            {
                name = line[..colon].TrimEnd().ToString();
                value.Append(line[(colon + 1)..]);
            }
        }

        Close(ref group, ref name, value);
        return groups;

        void Close(ref List<ReportField>? current, ref string? open, StringBuilder text)
        {
            if (open is not null)
            {
                if (current is null)
                {
                    groups.Add(current = []);
                }

                text.Length = Math.Min(text.Length, MaxValueLength);
                current.Add(new ReportField(open, text.ToString().Trim()));
            }

            open = null;
            text.Clear();
        }
    }

    /// <summary>Writes one field, folded at blanks. Line breaks and control characters in the value become blanks: it may come from a stranger.</summary>
    public static void Write(StringBuilder output, string name, string value)
    {
        output.Append(name).Append(':');
        var lineLength = name.Length + 1;
        foreach (var range in value.AsSpan().SplitAny(' ', '\t', '\r', '\n'))
        {
            var word = value.AsSpan()[range];
            while (!word.IsEmpty)
            {
                var piece = word[..Math.Min(word.Length, MaxLine)];
                if (lineLength + 1 + piece.Length > FoldAt && lineLength > name.Length + 1)
                {
                    output.Append("\r\n");
                    lineLength = 0;
                }

                output.Append(' ');
                foreach (var c in piece)
                {
                    output.Append(char.IsControl(c) ? '?' : c);
                }

                lineLength += 1 + piece.Length;
                word = word[piece.Length..];
            }
        }

        output.Append("\r\n");
    }

    public static void WriteOptional(StringBuilder output, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            Write(output, name, value);
        }
    }

    /// <summary>A value without the comment many hosts put behind it: "5.1.1 (unknown user)".</summary>
    public static string WithoutComment(string value)
    {
        var comment = value.IndexOf('(');
        return comment < 0 ? value : value[..comment].TrimEnd();
    }

    private static bool IsName(ReadOnlySpan<char> name) => !name.IsEmpty && name.IndexOfAnyExceptInRange('!', '~') < 0;
}
