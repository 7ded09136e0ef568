namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>The grammar of fetch-att (RFC 9051 §9) with RFC 3516 and RFC 7162.</summary>
internal static class FetchParser
{
    private static readonly FetchItem[] Fast = [new FetchItem.Flags(), new FetchItem.InternalDate(), new FetchItem.Size()];

    public static IReadOnlyList<FetchItem> ReadItems(ref ImapScanner scanner)
    {
        if (ReadMacro(ref scanner) is { } macro)
        {
            return macro;
        }

        var items = new List<FetchItem>();
        if (!scanner.Take('('))
        {
            items.Add(ReadItem(ref scanner));
            return items;
        }

        do
        {
            items.Add(ReadItem(ref scanner));
            if (items.Count > scanner.Limits.MaxItems)
            {
                scanner.Fail("Too many items.");
            }
        }
        while (!scanner.HasFailed && scanner.Take(' '));
        scanner.Expect(')');
        return items;
    }

    /// <summary>section = "[" [section-spec] "]".</summary>
    private static BodySection ReadSection(ref ImapScanner scanner)
    {
        scanner.Expect('[');
        var part = ReadPart(ref scanner);
        var (what, fields) = (SectionText.All, new List<string>());
        if (!scanner.Sees(']'))
        {
            what = ReadWhat(ref scanner, fields);
            if (what == SectionText.Mime && part.Count == 0)
            {
                scanner.Fail("MIME needs a part number.");
            }
        }

        scanner.Expect(']');
        return new(part, what, fields);
    }

    private static FetchItem[]? ReadMacro(ref ImapScanner scanner)
        => scanner.TakeWord("ALL"u8) ? [.. Fast, new FetchItem.Envelope()]
            : scanner.TakeWord("FAST"u8) ? Fast
            : scanner.TakeWord("FULL"u8) ? [.. Fast, new FetchItem.Envelope(), new FetchItem.Structure(IsExtensible: false)]
            : null;

    private static FetchItem ReadItem(ref ImapScanner scanner)
    {
        var word = ReadName(ref scanner);
        switch (word)
        {
            case "FLAGS":
                return new FetchItem.Flags();
            case "UID":
                return new FetchItem.Uid();
            case "INTERNALDATE":
                return new FetchItem.InternalDate();
            case "ENVELOPE":
                return new FetchItem.Envelope();
            case "MODSEQ":
                return new FetchItem.ModSeq();
            case "BODYSTRUCTURE":
                return new FetchItem.Structure(IsExtensible: true);
            case "RFC822.SIZE":
                return new FetchItem.Size();
            case "RFC822":
                return new FetchItem.Section(BodySection.Whole, null, IsPeek: false, "RFC822");
            case "RFC822.HEADER":
                return new FetchItem.Section(new([], SectionText.Header, []), null, IsPeek: true, "RFC822.HEADER");
            case "RFC822.TEXT":
                return new FetchItem.Section(new([], SectionText.Text, []), null, IsPeek: false, "RFC822.TEXT");
            case "BODY" when !scanner.Sees('['):
                return new FetchItem.Structure(IsExtensible: false);
            case "BODY" or "BODY.PEEK":
                var section = ReadSection(ref scanner);
                return new FetchItem.Section(section, ReadPartial(ref scanner), word == "BODY.PEEK");
            case "BINARY" or "BINARY.PEEK":
                var part = ReadBracketedPart(ref scanner);
                return new FetchItem.Binary(part, ReadPartial(ref scanner), word == "BINARY.PEEK");
            case "BINARY.SIZE":
                return new FetchItem.BinarySize(ReadBracketedPart(ref scanner));
            default:
                scanner.Fail($"Unknown item {word}.");
                return new FetchItem.Uid();
        }
    }

    // The name ends before "[", which an atom may hold.
    private static string ReadName(ref ImapScanner scanner)
    {
        foreach (var name in (ReadOnlySpan<string>)["BODY.PEEK", "BODY", "BINARY.PEEK", "BINARY.SIZE", "BINARY"])
        {
            if (scanner.TakeWord(System.Text.Encoding.ASCII.GetBytes(name)))
            {
                return name;
            }
        }

        return scanner.Word();
    }

    private static List<int> ReadBracketedPart(ref ImapScanner scanner)
    {
        scanner.Expect('[');
        var part = ReadPart(ref scanner);
        scanner.Expect(']');
        return part;
    }

    private static List<int> ReadPart(ref ImapScanner scanner)
    {
        var part = new List<int>();
        while (scanner.SeesDigit)
        {
            var number = scanner.Number();
            if (number is 0 or > int.MaxValue || part.Count == scanner.Limits.MaxSearchDepth * 4)
            {
                scanner.Fail("There is no such part.");
                break;
            }

            part.Add((int)number);
            if (!scanner.Take('.'))
            {
                break;
            }

            if (scanner.Sees(']'))
            {
                scanner.Fail("A part number is missing.");
            }
        }

        return part;
    }

    private static SectionText ReadWhat(ref ImapScanner scanner, List<string> fields)
    {
        var word = scanner.Word();
        var what = word switch
        {
            "HEADER" => SectionText.Header,
            "HEADER.FIELDS" => SectionText.HeaderFields,
            "HEADER.FIELDS.NOT" => SectionText.HeaderFieldsNot,
            "TEXT" => SectionText.Text,
            "MIME" => SectionText.Mime,
            _ => SectionText.All,
        };
        if (what == SectionText.All)
        {
            scanner.Fail($"Unknown section {word}.");
        }

        if (what is SectionText.HeaderFields or SectionText.HeaderFieldsNot)
        {
            scanner.Space();
            scanner.Expect('(');
            do
            {
                fields.Add(scanner.AString());
                if (fields.Count > scanner.Limits.MaxItems)
                {
                    scanner.Fail("Too many fields.");
                }
            }
            while (!scanner.HasFailed && scanner.Take(' '));
            scanner.Expect(')');
        }

        return what;
    }

    private static Partial? ReadPartial(ref ImapScanner scanner)
    {
        if (!scanner.Take('<'))
        {
            return null;
        }

        var start = scanner.Number();
        scanner.Expect('.');
        var count = scanner.Number();
        scanner.Expect('>');
        if (count == 0)
        {
            scanner.Fail("A partial fetch of no octets.");
        }

        return new(start, count);
    }
}
