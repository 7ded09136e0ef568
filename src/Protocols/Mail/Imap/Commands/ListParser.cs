namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>The grammar of LIST (RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154).</summary>
internal static class ListParser
{
    public static ImapCommand.List Read(string tag, MailboxNames names, ref ImapScanner scanner)
    {
        var isExtended = scanner.Sees('(');
        var selection = isExtended ? ReadSelection(ref scanner) : ListSelection.None;
        var reference = names.Read(ref scanner);
        scanner.Space();
        var patterns = new List<string>();
        if (scanner.Take('('))
        {
            isExtended = true;
            do
            {
                patterns.Add(names.ReadPattern(ref scanner));
                if (patterns.Count > scanner.Limits.MaxItems)
                {
                    scanner.Fail("Too many patterns.");
                }
            }
            while (!scanner.HasFailed && scanner.Take(' '));
            scanner.Expect(')');
        }
        else
        {
            patterns.Add(names.ReadPattern(ref scanner));
        }

        IReadOnlyList<StatusItem> status = [];
        var returned = ListReturn.None;
        if (scanner.Take(' '))
        {
            isExtended = true;
            returned = ReadReturn(ref scanner, ref status);
        }

        return new(tag, reference, patterns, selection, returned, status, isExtended);
    }

    private static ListSelection ReadSelection(ref ImapScanner scanner)
    {
        var selection = ListSelection.None;
        scanner.Expect('(');
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            var word = scanner.Word();
            selection |= word switch
            {
                "SUBSCRIBED" => ListSelection.Subscribed,
                "REMOTE" => ListSelection.Remote,
                "RECURSIVEMATCH" => ListSelection.RecursiveMatch,
                "SPECIAL-USE" => ListSelection.SpecialUse,
                _ => ListSelection.None,
            };
            if (word is not ("SUBSCRIBED" or "REMOTE" or "RECURSIVEMATCH" or "SPECIAL-USE"))
            {
                scanner.Fail($"Unknown selection option {word}.");
            }

            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        // RFC 5258 §3.1: RECURSIVEMATCH needs another option that selects.
        if (selection.HasFlag(ListSelection.RecursiveMatch) && (selection & ~(ListSelection.RecursiveMatch | ListSelection.Remote)) == 0)
        {
            scanner.Fail("RECURSIVEMATCH needs another selection option.");
        }

        scanner.Space();
        return selection;
    }

    private static ListReturn ReadReturn(ref ImapScanner scanner, ref IReadOnlyList<StatusItem> status)
    {
        var returned = ListReturn.None;
        if (!scanner.TakeWord("RETURN"u8))
        {
            scanner.Fail("Something follows the pattern.");
        }

        scanner.Space();
        scanner.Expect('(');
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            var word = scanner.Word();
            switch (word)
            {
                case "SUBSCRIBED":
                    returned |= ListReturn.Subscribed;
                    break;
                case "CHILDREN":
                    returned |= ListReturn.Children;
                    break;
                case "SPECIAL-USE":
                    returned |= ListReturn.SpecialUse;
                    break;
                case "STATUS":
                    returned |= ListReturn.Status;
                    scanner.Space();
                    status = MailboxParser.ReadStatusItems(ref scanner);
                    break;
                default:
                    scanner.Fail($"Unknown return option {word}.");
                    break;
            }

            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        return returned;
    }
}
