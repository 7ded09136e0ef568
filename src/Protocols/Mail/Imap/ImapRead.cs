using Plenum.Protocols.Mail.Imap.Commands;

namespace Plenum.Protocols.Mail.Imap;

/// <summary>What the reader found in the octets so far.</summary>
public abstract record ImapRead
{
    private ImapRead()
    {
    }

    /// <summary>The command goes on in octets that have not come yet.</summary>
    public sealed record NeedsMore : ImapRead
    {
        internal static readonly NeedsMore Instance = new();
    }

    /// <summary>The client waits for "+" before it sends its literal.</summary>
    public sealed record NeedsContinuation : ImapRead
    {
        internal static readonly NeedsContinuation Instance = new();
    }

    /// <summary>
    /// A message of APPEND follows. Take exactly <paramref name="Octets"/> octets from the client, wherever they are to go, then call
    /// <see cref="ImapCommandReader.MessageTaken"/>.
    /// </summary>
    /// <param name="IsSynchronizing">The client waits: send "+" first.</param>
    /// <param name="IsBinary">literal8: NUL may occur (RFC 3516).</param>
    public sealed record Message(long Octets, bool IsSynchronizing, bool IsBinary) : ImapRead;

    /// <summary>A whole command, its literals included.</summary>
    public sealed record Command(ImapCommand Parsed) : ImapRead;

    /// <summary>The command cannot be carried out; all of it was taken from the buffer.</summary>
    public sealed record Refused(ImapRefusal Refusal) : ImapRead;
}

/// <summary>The answer to a command that is none.</summary>
/// <param name="Tag">Null if the client gave none that can be used: answer with "*".</param>
/// <param name="Status">BAD, or NO where the grammar is right.</param>
/// <param name="Code">Response code without brackets, or null.</param>
/// <param name="Text">A sentence in English for the client's log.</param>
/// <param name="ClosesConnection">The client's next octets cannot be understood any more.</param>
public sealed record ImapRefusal(string? Tag, string Status, string? Code, string Text, bool ClosesConnection = false);

/// <summary>Where in a command a message's literal stood, and its size.</summary>
internal readonly record struct MessageLiteral(int At, long Octets);
