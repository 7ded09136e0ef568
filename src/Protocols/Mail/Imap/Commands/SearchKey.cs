using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>What SEARCH, SORT and THREAD look for (RFC 9051 §6.4.4). Texts are decoded from the command's charset.</summary>
public abstract record SearchKey
{
    private SearchKey()
    {
    }

    public sealed record All : SearchKey;

    /// <summary>All of them; never empty.</summary>
    public sealed record And(IReadOnlyList<SearchKey> Keys) : SearchKey;

    public sealed record Or(SearchKey Left, SearchKey Right) : SearchKey;

    public sealed record Not(SearchKey Key) : SearchKey;

    /// <summary>Has the flag: "\Seen" in the standard's spelling, or a keyword as sent. SEEN and KEYWORD; UNSEEN is a <see cref="Not"/>.</summary>
    public sealed record Flag(string Name) : SearchKey;

    /// <summary>RECENT of IMAP4rev1. NEW is RECENT and not seen, OLD is not RECENT.</summary>
    public sealed record Recent : SearchKey;

    /// <summary>By the day the message arrived, whatever time and zone.</summary>
    public sealed record Arrived(DateMatch Match, DateOnly Day) : SearchKey;

    /// <summary>By the day of the Date field, whatever time and zone.</summary>
    public sealed record Sent(DateMatch Match, DateOnly Day) : SearchKey;

    /// <summary>Arrived at most (YOUNGER) or at least (OLDER) so long ago (RFC 5032).</summary>
    public sealed record Within(TimeSpan Interval, bool IsYounger) : SearchKey;

    /// <summary>The field holds the text; an empty text asks whether the field exists. FROM, TO, CC, BCC and SUBJECT are such fields.</summary>
    public sealed record Header(string Field, string Text) : SearchKey;

    public sealed record Body(string Text) : SearchKey;

    /// <summary>Header or body holds the text.</summary>
    public sealed record AnyText(string Text) : SearchKey;

    public sealed record Larger(long Octets) : SearchKey;

    public sealed record Smaller(long Octets) : SearchKey;

    public sealed record Numbers(SequenceSet Set) : SearchKey;

    public sealed record Uids(SequenceSet Set) : SearchKey;

    /// <summary>Changed at this mod-sequence or later (RFC 7162 §3.1.5).</summary>
    public sealed record ModSeq(long AtLeast) : SearchKey;
}

/// <summary>BEFORE, ON, SINCE: earlier than the day, on it, on it or later (RFC 9051 §6.4.4).</summary>
public enum DateMatch
{
    Before,
    On,
    Since,
}
