namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>A checked command, ready to run.</summary>
internal abstract record SieveStatement
{
    public sealed record If(IReadOnlyList<(SieveTest? Test, IReadOnlyList<SieveStatement> Block)> Branches) : SieveStatement;

    public sealed record Stop : SieveStatement;

    public sealed record Keep(IReadOnlyList<string>? Flags) : SieveStatement;

    public sealed record Discard : SieveStatement;

    public sealed record FileInto(string Mailbox, bool IsCopy, bool Creates, IReadOnlyList<string>? Flags) : SieveStatement;

    public sealed record Redirect(string Address, bool IsCopy) : SieveStatement;

    public sealed record Reject(string Reason, bool AtProtocol) : SieveStatement;

    public sealed record Vacation(
        string Reason, TimeSpan Interval, string? Subject, string? From, IReadOnlyList<string> Addresses, bool IsMime, string? Handle) : SieveStatement;

    public sealed record Set(string Name, string Value, IReadOnlyList<ValueModifier> Modifiers) : SieveStatement;

    public sealed record ChangeFlags(FlagChange Change, string? Variable, IReadOnlyList<string> Flags) : SieveStatement;
}

internal enum FlagChange
{
    Set,
    Add,
    Remove,
}

/// <summary>Modifiers of "set", in the order they are applied: the highest precedence of RFC 5229 §4.1 first.</summary>
internal enum ValueModifier
{
    Lower,
    Upper,
    LowerFirst,
    UpperFirst,
    QuoteWildcard,
    Length,
}
