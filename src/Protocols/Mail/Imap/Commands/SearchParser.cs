using System.Text;
using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>The grammar of search-program (RFC 9051 §9) with RFC 5032 and RFC 7162.</summary>
internal static class SearchParser
{
    /// <summary>RETURN (MIN MAX ALL COUNT SAVE); an empty list means ALL (RFC 4731 §3.1).</summary>
    public static SearchReturn? ReadReturn(ref ImapScanner scanner)
    {
        if (!scanner.TakeWord("RETURN"u8))
        {
            return null;
        }

        scanner.Space();
        scanner.Expect('(');
        var options = SearchReturn.None;
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            options |= scanner.Word() switch
            {
                "MIN" => SearchReturn.Min,
                "MAX" => SearchReturn.Max,
                "ALL" => SearchReturn.All,
                "COUNT" => SearchReturn.Count,
                "SAVE" => SearchReturn.Save,
                _ => SearchReturn.None,
            };
            if (options == SearchReturn.None)
            {
                scanner.Fail("Unknown option of RETURN.");
            }

            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        scanner.Space();
        return options == SearchReturn.None ? SearchReturn.All : options;
    }

    /// <summary>Keys up to the end of the command.</summary>
    /// <param name="charset">What CHARSET named; null for none, which is UTF-8 (RFC 9051 §6.4.4).</param>
    public static SearchKey ReadKeys(ref ImapScanner scanner, Encoding charset)
    {
        var budget = scanner.Limits.MaxItems;
        return ReadList(ref scanner, charset, 0, ref budget);
    }

    /// <summary>The encoding a charset stands for; null if this library cannot read it.</summary>
    public static Encoding? FindCharset(string name)
    {
        if (name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || name.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException) // The runtime refuses UTF-7.
        {
            return null;
        }
    }

    private static SearchKey ReadList(ref ImapScanner scanner, Encoding charset, int depth, ref int budget)
    {
        var keys = new List<SearchKey>();
        do
        {
            keys.Add(ReadKey(ref scanner, charset, depth, ref budget));
        }
        while (!scanner.HasFailed && scanner.Take(' '));
        return keys.Count == 1 ? keys[0] : new SearchKey.And(keys);
    }

    private static SearchKey ReadKey(ref ImapScanner scanner, Encoding charset, int depth, ref int budget)
    {
        if (depth > scanner.Limits.MaxSearchDepth || --budget < 0)
        {
            scanner.Fail("The search is too large.");
            return new SearchKey.All();
        }

        if (scanner.Take('('))
        {
            var inner = ReadList(ref scanner, charset, depth + 1, ref budget);
            scanner.Expect(')');
            return inner;
        }

        if (scanner.SeesDigit || scanner.Sees('*') || scanner.Sees('$'))
        {
            return new SearchKey.Numbers(ReadSet(ref scanner));
        }

        var word = scanner.Word();
        switch (word)
        {
            case "NOT":
                scanner.Space();
                return new SearchKey.Not(ReadKey(ref scanner, charset, depth + 1, ref budget));
            case "OR":
                scanner.Space();
                var left = ReadKey(ref scanner, charset, depth + 1, ref budget);
                scanner.Space();
                return new SearchKey.Or(left, ReadKey(ref scanner, charset, depth + 1, ref budget));
            default:
                return ReadFlag(word) ?? ReadWithArgument(ref scanner, word, charset);
        }
    }

    private static SearchKey? ReadFlag(string word) => word switch
    {
        "ALL" => new SearchKey.All(),
        "ANSWERED" or "DELETED" or "DRAFT" or "FLAGGED" or "SEEN" => new SearchKey.Flag(MessageFlags.System(word)),
        "UNANSWERED" or "UNDELETED" or "UNDRAFT" or "UNFLAGGED" or "UNSEEN" => new SearchKey.Not(new SearchKey.Flag(MessageFlags.System(word[2..]))),
        "RECENT" => new SearchKey.Recent(),
        "OLD" => new SearchKey.Not(new SearchKey.Recent()),
        "NEW" => new SearchKey.And([new SearchKey.Recent(), new SearchKey.Not(new SearchKey.Flag(MessageFlags.System("SEEN")))]),
        _ => null,
    };

    private static SearchKey ReadWithArgument(ref ImapScanner scanner, string word, Encoding charset)
    {
        scanner.Space();
        switch (word)
        {
            case "KEYWORD":
                return new SearchKey.Flag(scanner.Atom());
            case "UNKEYWORD":
                return new SearchKey.Not(new SearchKey.Flag(scanner.Atom()));
            case "BEFORE" or "ON" or "SINCE":
                return new SearchKey.Arrived(Match(word), scanner.Date());
            case "SENTBEFORE" or "SENTON" or "SENTSINCE":
                return new SearchKey.Sent(Match(word[4..]), scanner.Date());
            case "OLDER" or "YOUNGER":
                return new SearchKey.Within(TimeSpan.FromSeconds(NonZero(ref scanner)), word == "YOUNGER");
            case "FROM" or "TO" or "CC" or "BCC" or "SUBJECT":
                return new SearchKey.Header(word, ReadText(ref scanner, charset));
            case "HEADER":
                var field = scanner.AString();
                scanner.Space();
                return new SearchKey.Header(field, ReadText(ref scanner, charset));
            case "BODY":
                return new SearchKey.Body(ReadText(ref scanner, charset));
            case "TEXT":
                return new SearchKey.AnyText(ReadText(ref scanner, charset));
            case "LARGER":
                return new SearchKey.Larger(scanner.Number64());
            case "SMALLER":
                return new SearchKey.Smaller(scanner.Number64());
            case "UID":
                return new SearchKey.Uids(ReadSet(ref scanner));
            case "MODSEQ":
                return ReadModSeq(ref scanner);
            default:
                scanner.Fail($"Unknown search key {word}.");
                return new SearchKey.All();
        }
    }

    // RFC 7162 §3.1.5: the entry name and type change nothing where all flags share one mod-sequence.
    private static SearchKey.ModSeq ReadModSeq(ref ImapScanner scanner)
    {
        if (scanner.Sees('"'))
        {
            scanner.String();
            scanner.Space();
            if (scanner.Word() is not ("PRIV" or "SHARED" or "ALL"))
            {
                scanner.Fail("MODSEQ takes priv, shared or all.");
            }

            scanner.Space();
        }

        return new SearchKey.ModSeq(scanner.Number64());
    }

    private static SequenceSet ReadSet(ref ImapScanner scanner) => CommandParser.ReadSet(ref scanner);

    private static uint NonZero(ref ImapScanner scanner)
    {
        var number = scanner.Number();
        if (number == 0)
        {
            scanner.Fail("A number above 0 is missing.");
        }

        return number;
    }

    private static DateMatch Match(string word) => word switch
    {
        "BEFORE" => DateMatch.Before,
        "ON" => DateMatch.On,
        _ => DateMatch.Since,
    };

    private static string ReadText(ref ImapScanner scanner, Encoding charset)
    {
        var text = charset.GetString(scanner.Octets());
        if (ReferenceEquals(charset, Encoding.UTF8) && text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            scanner.Fail("A search text is not UTF-8.");
        }

        return text;
    }
}
