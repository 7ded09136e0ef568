namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Which header fields a signature covers. All fields of a covered name are signed, however many there are.</summary>
public sealed record DkimFieldSelection
{
    /// <summary>Signed where present (RFC 6376 §5.4.1, plus what describes lists and one-click unsubscribing).</summary>
    public required IReadOnlyList<string> Covered { get; init; }

    /// <summary>Signed once more than present, so that nobody can add another (RFC 6376 §8.15). Always holds From.</summary>
    public required IReadOnlyList<string> Oversigned { get; init; }

    /// <summary>
    /// For people's mail. List-* fields are signed where present and not oversigned: lists that change nothing else may add theirs.
    /// </summary>
    public static DkimFieldSelection ForAuthors { get; } = new()
    {
        Covered =
        [
            "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
            "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Description",
            "Resent-Date", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Message-ID", "Auto-Submitted",
            "List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Subscribe", "List-Post", "List-Owner", "List-Archive",
        ],
        Oversigned =
        [
            "From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
            "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        ],
    };

    /// <summary>For copies a list sends: its own List-* fields are sealed, List-Unsubscribe and -Post as RFC 8058 §4 demands.</summary>
    public static DkimFieldSelection ForLists { get; } = ForAuthors with
    {
        Oversigned =
        [
            .. ForAuthors.Oversigned, "Sender", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Archive",
        ],
    };

    /// <summary>The names for h=, in order, for this header.</summary>
    internal List<string> NamesFor(HeaderBlock header)
    {
        var names = new List<string>(32);
        foreach (var name in Covered)
        {
            Add(name);
        }

        foreach (var name in Oversigned)
        {
            if (!Covered.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Add(name);
            }
        }

        return names;

        void Add(string name)
        {
            var count = header.PositionsOf(name).Count + (Oversigned.Contains(name, StringComparer.OrdinalIgnoreCase) ? 1 : 0);
            for (; count > 0; count--)
            {
                names.Add(name);
            }
        }
    }
}
