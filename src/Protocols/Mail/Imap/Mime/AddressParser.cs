namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>Address lists of header fields (RFC 5322 §3.4, obsolete forms of §4.4), read as leniently as mails are written.</summary>
internal static class AddressParser
{
    // Nobody reads more in an envelope, and one line of a hostile mail must not become a million records.
    private const int MaxAddresses = 5_000;
    private const string Ends = ",:;<>@[";

    public static List<ImapAddress> Parse(string field)
    {
        var addresses = new List<ImapAddress>();
        var words = new HeaderWords(field);
        var isInGroup = false;
        while (!words.IsAtEnd && addresses.Count < MaxAddresses)
        {
            if (words.Take(','))
            {
                continue;
            }

            if (words.Take(';'))
            {
                EndGroup(addresses, ref isInGroup);
                continue;
            }

            words.LastComment = null;
            var phrase = Phrase(ref words);
            if (words.Take('<'))
            {
                addresses.Add(AngleAddress(phrase, ref words));
            }
            else if (words.Take(':'))
            {
                EndGroup(addresses, ref isInGroup);
                addresses.Add(new(null, null, phrase, null));
                isInGroup = true;
            }
            else if (words.Take('@'))
            {
                var host = Domain(ref words);
                addresses.Add(new(NameInComment(ref words), null, phrase.Replace(" ", "", StringComparison.Ordinal), host));
            }
            else if (phrase.Length > 0)
            {
                addresses.Add(new(null, null, phrase, ""));
            }
            else
            {
                words.Skip();
            }
        }

        EndGroup(addresses, ref isInGroup);
        return addresses;
    }

    private static void EndGroup(List<ImapAddress> addresses, ref bool isInGroup)
    {
        if (isInGroup)
        {
            addresses.Add(ImapAddress.GroupEnd);
            isInGroup = false;
        }
    }

    private static string Phrase(ref HeaderWords words)
    {
        var parts = new List<string>();
        while (words.Word(Ends) is { } word)
        {
            parts.Add(word);
        }

        return string.Join(' ', parts);
    }

    private static ImapAddress AngleAddress(string name, ref HeaderWords words)
    {
        string? route = null;
        if (words.Sees('@'))
        {
            route = Route(ref words);
        }

        var mailbox = Phrase(ref words).Replace(" ", "", StringComparison.Ordinal);
        var host = words.Take('@') ? Domain(ref words) : "";
        while (!words.IsAtEnd && !words.Take('>') && !words.Sees(','))
        {
            words.Skip();
        }

        return new(name.Length == 0 ? null : name, route, mailbox, host);
    }

    // obs-route = "@a,@b:"
    private static string Route(ref HeaderWords words)
    {
        var hops = new List<string>();
        while (words.Take('@'))
        {
            hops.Add('@' + Domain(ref words));
            words.Take(',');
        }

        words.Take(':');
        return string.Join(',', hops);
    }

    private static string Domain(ref HeaderWords words)
    {
        if (words.Sees('['))
        {
            return words.DomainLiteral();
        }

        return Phrase(ref words).Replace(" ", "", StringComparison.Ordinal);
    }

    // "user@example.org (Name)": the form before RFC 822.
    private static string? NameInComment(ref HeaderWords words)
    {
        _ = words.IsAtEnd;
        return string.IsNullOrWhiteSpace(words.LastComment) ? null : words.LastComment.Trim();
    }
}
