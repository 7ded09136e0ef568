using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>
/// One command of a client (RFC 9051 §6, RFC 3501 §6 and the extensions in docs/standards.md), checked for its grammar and for nothing else.
/// Mailbox names are decoded; INBOX keeps the client's spelling.
/// </summary>
/// <param name="Tag">What the client calls this command; its answer carries it.</param>
public abstract record ImapCommand(string Tag)
{
    public sealed record Capability(string Tag) : ImapCommand(Tag);

    public sealed record Noop(string Tag) : ImapCommand(Tag);

    public sealed record Logout(string Tag) : ImapCommand(Tag);

    public sealed record StartTls(string Tag) : ImapCommand(Tag);

    /// <param name="Mechanism">Upper case.</param>
    /// <param name="InitialResponse">Base64 as sent, "=" for an empty one; null without one (RFC 4959).</param>
    public sealed record Authenticate(string Tag, string Mechanism, string? InitialResponse) : ImapCommand(Tag)
    {
        protected override bool PrintMembers(System.Text.StringBuilder builder)
        {
            builder.Append("Tag = ").Append(Tag).Append(", Mechanism = ").Append(Mechanism); // A secret never reaches a log.
            return true;
        }
    }

    public sealed record Login(string Tag, string User, string Password) : ImapCommand(Tag)
    {
        protected override bool PrintMembers(System.Text.StringBuilder builder)
        {
            builder.Append("Tag = ").Append(Tag).Append(", User = ").Append(User);
            return true;
        }
    }

    /// <summary>RFC 2971.</summary>
    /// <param name="Fields">Empty for NIL.</param>
    public sealed record Id(string Tag, IReadOnlyList<KeyValuePair<string, string?>> Fields) : ImapCommand(Tag);

    /// <param name="Capabilities">Upper case.</param>
    public sealed record Enable(string Tag, IReadOnlyList<string> Capabilities) : ImapCommand(Tag);

    /// <summary>SELECT, or EXAMINE with <paramref name="IsReadOnly"/>.</summary>
    public sealed record Select(string Tag, string Mailbox, bool IsReadOnly, bool WantsModSeq, QuickResync? Resync) : ImapCommand(Tag);

    /// <param name="SpecialUse">Attributes such as "\Sent" (RFC 6154).</param>
    public sealed record Create(string Tag, string Mailbox, IReadOnlyList<string> SpecialUse) : ImapCommand(Tag);

    public sealed record Delete(string Tag, string Mailbox) : ImapCommand(Tag);

    public sealed record Rename(string Tag, string From, string To) : ImapCommand(Tag);

    public sealed record Subscribe(string Tag, string Mailbox) : ImapCommand(Tag);

    public sealed record Unsubscribe(string Tag, string Mailbox) : ImapCommand(Tag);

    /// <summary>LIST with what RFC 5258, 5819 and 6154 add.</summary>
    /// <param name="Patterns">At least one; an empty one asks for the hierarchy separator.</param>
    /// <param name="StatusItems">Items of RETURN (STATUS (…)); empty without.</param>
    public sealed record List(string Tag, string Reference, IReadOnlyList<string> Patterns, ListSelection Selection, ListReturn Return,
        IReadOnlyList<StatusItem> StatusItems, bool IsExtended) : ImapCommand(Tag);

    public sealed record Lsub(string Tag, string Reference, string Pattern) : ImapCommand(Tag);

    /// <summary>RFC 2342.</summary>
    public sealed record Namespace(string Tag) : ImapCommand(Tag);

    public sealed record Status(string Tag, string Mailbox, IReadOnlyList<StatusItem> Items) : ImapCommand(Tag);

    /// <param name="Messages">One or, by RFC 3502, more; their octets went to whoever read the literals, in this order.</param>
    public sealed record Append(string Tag, string Mailbox, IReadOnlyList<AppendedMessage> Messages) : ImapCommand(Tag);

    /// <summary>RFC 2177; ends with a line "DONE", read by <see cref="ImapCommandReader.TryReadLine"/>.</summary>
    public sealed record Idle(string Tag) : ImapCommand(Tag);

    public sealed record Check(string Tag) : ImapCommand(Tag);

    public sealed record Close(string Tag) : ImapCommand(Tag);

    public sealed record Unselect(string Tag) : ImapCommand(Tag);

    /// <param name="Uids">Null for EXPUNGE; the set of UID EXPUNGE (RFC 4315).</param>
    public sealed record Expunge(string Tag, SequenceSet? Uids) : ImapCommand(Tag);

    /// <param name="Return">Null without RETURN; then the answer is a SEARCH response in IMAP4rev1 and ESEARCH in IMAP4rev2.</param>
    public sealed record Search(string Tag, bool IsUid, SearchReturn? Return, SearchKey Key) : ImapCommand(Tag);

    /// <summary>RFC 5256 SORT.</summary>
    public sealed record Sort(string Tag, bool IsUid, SearchReturn? Return, IReadOnlyList<SortCriterion> Criteria, SearchKey Key) : ImapCommand(Tag);

    /// <summary>RFC 5256 THREAD.</summary>
    /// <param name="Algorithm">Upper case: REFERENCES, ORDEREDSUBJECT.</param>
    public sealed record Thread(string Tag, bool IsUid, string Algorithm, SearchKey Key) : ImapCommand(Tag);

    /// <param name="ChangedSince">RFC 7162: only messages whose mod-sequence is above.</param>
    /// <param name="WantsVanished">RFC 7162 §3.2.6: also name the UIDs that are gone.</param>
    public sealed record Fetch(string Tag, bool IsUid, SequenceSet Messages, IReadOnlyList<FetchItem> Items, long? ChangedSince, bool WantsVanished) : ImapCommand(Tag);

    /// <param name="UnchangedSince">RFC 7162 §3.1.3: leave messages alone whose mod-sequence is above.</param>
    public sealed record Store(string Tag, bool IsUid, SequenceSet Messages, StoreMode Mode, bool IsSilent, IReadOnlyList<string> Flags, long? UnchangedSince) : ImapCommand(Tag);

    public sealed record Copy(string Tag, bool IsUid, SequenceSet Messages, string Mailbox) : ImapCommand(Tag);

    /// <summary>RFC 6851.</summary>
    public sealed record Move(string Tag, bool IsUid, SequenceSet Messages, string Mailbox) : ImapCommand(Tag);

    /// <summary>RFC 9208.</summary>
    public sealed record GetQuota(string Tag, string Root) : ImapCommand(Tag);

    public sealed record GetQuotaRoot(string Tag, string Mailbox) : ImapCommand(Tag);

    /// <param name="Limits">Resource names in upper case, e.g. STORAGE in units of 1,024 octets.</param>
    public sealed record SetQuota(string Tag, string Root, IReadOnlyList<KeyValuePair<string, long>> Limits) : ImapCommand(Tag);

    /// <summary>RFC 4314.</summary>
    /// <param name="Change">'+' adds, '-' takes away, '=' replaces.</param>
    public sealed record SetAcl(string Tag, string Mailbox, string Identifier, char Change, string Rights) : ImapCommand(Tag);

    public sealed record DeleteAcl(string Tag, string Mailbox, string Identifier) : ImapCommand(Tag);

    public sealed record GetAcl(string Tag, string Mailbox) : ImapCommand(Tag);

    public sealed record ListRights(string Tag, string Mailbox, string Identifier) : ImapCommand(Tag);

    public sealed record MyRights(string Tag, string Mailbox) : ImapCommand(Tag);
}

/// <summary>What a returning client knows of a mailbox (RFC 7162 §3.2.5).</summary>
/// <param name="KnownUids">Null: all.</param>
/// <param name="SequenceMatch">Message numbers and their UIDs as the client last saw them.</param>
public sealed record QuickResync(uint UidValidity, long ModSeq, SequenceSet? KnownUids, (SequenceSet Numbers, SequenceSet Uids)? SequenceMatch);

/// <param name="Flags">System flags with their backslash in the standard's spelling, keywords as sent.</param>
/// <param name="InternalDate">Null: now.</param>
/// <param name="Octets">Size of the message.</param>
/// <param name="IsUtf8">Sent as UTF8 (~{…}) (RFC 6855).</param>
public sealed record AppendedMessage(IReadOnlyList<string> Flags, DateTimeOffset? InternalDate, long Octets, bool IsUtf8);

/// <summary>FLAGS, +FLAGS, -FLAGS (RFC 9051 §6.4.6).</summary>
public enum StoreMode
{
    Replace,
    Add,
    Remove,
}

/// <summary>What STATUS asks of a mailbox (RFC 9051 §6.3.11, RFC 7162 §3.1.7, RFC 7889 §3); Recent is IMAP4rev1's.</summary>
public enum StatusItem
{
    Messages,
    Recent,
    UidNext,
    UidValidity,
    Unseen,
    Deleted,
    Size,
    HighestModSeq,
    AppendLimit,
}

/// <summary>Which mailboxes LIST names (RFC 5258 §3.1, RFC 6154).</summary>
[Flags]
public enum ListSelection
{
    None = 0,
    Subscribed = 1,
    Remote = 2,
    RecursiveMatch = 4,
    SpecialUse = 8,
}

/// <summary>What LIST says of each (RFC 5258 §3.2, RFC 5819, RFC 6154).</summary>
[Flags]
public enum ListReturn
{
    None = 0,
    Subscribed = 1,
    Children = 2,
    SpecialUse = 4,
    Status = 8,
}

/// <summary>What SEARCH answers (RFC 4731, RFC 5182).</summary>
[Flags]
public enum SearchReturn
{
    None = 0,
    Min = 1,
    Max = 2,
    All = 4,
    Count = 8,
    Save = 16,
}

/// <summary>What SORT orders by (RFC 5256 §3).</summary>
public enum SortKey
{
    Arrival,
    Cc,
    Date,
    From,
    Size,
    Subject,
    To,
}

/// <summary>One key of SORT; REVERSE turns it alone (RFC 5256 §3).</summary>
public sealed record SortCriterion(SortKey Key, bool IsReverse);
