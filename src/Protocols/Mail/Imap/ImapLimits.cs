namespace Plenum.Protocols.Mail.Imap;

/// <summary>What one client may ask of the parser. The defaults suit a public server.</summary>
public sealed record ImapLimits
{
    public static ImapLimits Default { get; } = new();

    /// <summary>Longest line without its literals, in octets, CRLF included. RFC 7162 §4 asks for at least 8,192; mobile clients name many UIDs in one line.</summary>
    public int MaxLineOctets { get; init; } = 64 * 1024;

    /// <summary>Largest literal that is no message, in octets: mailbox names, passwords, search texts.</summary>
    public int MaxLiteralOctets { get; init; } = 64 * 1024;

    /// <summary>Largest command with all its literals but messages, in octets.</summary>
    public int MaxCommandOctets { get; init; } = 256 * 1024;

    /// <summary>Largest message of APPEND, in octets; told to clients as APPENDLIMIT (RFC 7889).</summary>
    public long MaxMessageOctets { get; init; } = 50L * 1024 * 1024;

    /// <summary>Deepest nesting of search keys in parentheses, NOT and OR.</summary>
    public int MaxSearchDepth { get; init; } = 50;

    /// <summary>Most search keys, fetch items, flags or ranges in one command.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>Most messages in one APPEND (RFC 3502).</summary>
    public int MaxMessagesPerAppend { get; init; } = 100;
}
