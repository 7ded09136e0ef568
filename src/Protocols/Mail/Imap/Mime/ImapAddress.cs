namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>An address of an envelope (RFC 9051 §7.5.2): display name and parts as they stand in the header, encoded words left alone.</summary>
/// <param name="Name">Display name, or null.</param>
/// <param name="Route">Obsolete source route such as "@a,@b", or null.</param>
/// <param name="Mailbox">Local part; the group's name where a group begins (then <paramref name="Host"/> is null); null where one ends.</param>
/// <param name="Host">Domain; null at the borders of a group. An address without a domain has an empty one.</param>
public sealed record ImapAddress(string? Name, string? Route, string? Mailbox, string? Host)
{
    /// <summary>Where a group ends.</summary>
    public static ImapAddress GroupEnd { get; } = new(null, null, null, null);
}
