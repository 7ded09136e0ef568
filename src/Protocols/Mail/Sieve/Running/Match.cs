namespace Plenum.Protocols.Mail.Sieve.Running;

internal enum MatchKind
{
    Is,
    Contains,
    Matches,
    Value,
    Count,
}

/// <summary>Relations of RFC 5231.</summary>
internal enum Relation
{
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
}

internal enum Comparator
{
    /// <summary>i;ascii-casemap, the default (RFC 5228 §2.7.3).</summary>
    AsciiCasemap,

    /// <summary>i;octet.</summary>
    Octet,

    /// <summary>i;ascii-numeric.</summary>
    AsciiNumeric,

    /// <summary>i;unicode-casemap (RFC 5051), as the runtime folds case.</summary>
    UnicodeCasemap,
}

/// <summary>How two strings are compared.</summary>
/// <param name="Relation">Only for value and count.</param>
internal sealed record Match(MatchKind Type, Comparator Comparator, Relation Relation);
