namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>Flags of messages: five system flags in the standard's spelling (RFC 9051 §2.3.2), and keywords.</summary>
internal static class MessageFlags
{
    private static readonly Dictionary<string, string> SystemFlags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Answered"] = @"\Answered",
        ["Flagged"] = @"\Flagged",
        ["Deleted"] = @"\Deleted",
        ["Seen"] = @"\Seen",
        ["Draft"] = @"\Draft",
    };

    /// <summary>"SEEN" is "\Seen".</summary>
    public static string System(string name) => SystemFlags[name];

    /// <summary>A flag a client may set.</summary>
    public static string Read(ref ImapScanner scanner)
    {
        var isSystem = scanner.Take('\\');
        var name = scanner.Atom();
        if (!isSystem)
        {
            return name;
        }

        if (SystemFlags.TryGetValue(name, out var flag))
        {
            return flag;
        }

        scanner.Fail($@"\{name} is no flag a client can set.");
        return "";
    }

    /// <summary>"(" flags ")".</summary>
    public static List<string> ReadList(ref ImapScanner scanner)
    {
        var flags = new List<string>();
        scanner.Expect('(');
        while (!scanner.HasFailed && !scanner.Take(')'))
        {
            Add(flags, Read(ref scanner), ref scanner);
            if (!scanner.Sees(')'))
            {
                scanner.Space();
            }
        }

        return flags;
    }

    /// <summary>The flags of STORE: in parentheses or bare.</summary>
    public static List<string> ReadListOrRun(ref ImapScanner scanner)
    {
        if (scanner.Sees('('))
        {
            return ReadList(ref scanner);
        }

        var flags = new List<string>();
        do
        {
            Add(flags, Read(ref scanner), ref scanner);
        }
        while (!scanner.HasFailed && scanner.Take(' '));
        return flags;
    }

    private static void Add(List<string> flags, string flag, ref ImapScanner scanner)
    {
        if (flags.Count == scanner.Limits.MaxItems)
        {
            scanner.Fail("Too many flags.");
        }
        else if (!flags.Contains(flag, StringComparer.OrdinalIgnoreCase))
        {
            flags.Add(flag);
        }
    }
}
