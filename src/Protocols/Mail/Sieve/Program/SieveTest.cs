using Plenum.Protocols.Mail.Sieve.Running;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>A checked test, ready to run.</summary>
internal abstract record SieveTest
{
    public sealed record Constant(bool Value) : SieveTest;

    public sealed record Not(SieveTest Test) : SieveTest;

    public sealed record AllOf(IReadOnlyList<SieveTest> Tests) : SieveTest;

    public sealed record AnyOf(IReadOnlyList<SieveTest> Tests) : SieveTest;

    public sealed record Exists(IReadOnlyList<string> Fields) : SieveTest;

    public sealed record Size(bool IsOver, long Octets) : SieveTest;

    public sealed record Header(IReadOnlyList<string> Fields, Match Match, IReadOnlyList<string> Keys, FieldIndex? Index) : SieveTest;

    public sealed record Address(IReadOnlyList<string> Fields, AddressPart Part, Match Match, IReadOnlyList<string> Keys, FieldIndex? Index) : SieveTest;

    public sealed record Envelope(IReadOnlyList<string> Parts, AddressPart Part, Match Match, IReadOnlyList<string> Keys) : SieveTest;

    public sealed record Body(BodyTransform Transform, IReadOnlyList<string> ContentTypes, Match Match, IReadOnlyList<string> Keys) : SieveTest;

    /// <param name="Field">Null for currentdate.</param>
    /// <param name="Zone">Offset to convert to; null for the reader's own zone.</param>
    public sealed record Date(string? Field, DateZone Zone, TimeSpan Offset, string Part, Match Match, IReadOnlyList<string> Keys, FieldIndex? Index) : SieveTest;

    public sealed record MailboxExists(IReadOnlyList<string> Mailboxes) : SieveTest;

    public sealed record HasFlag(IReadOnlyList<string> Variables, Match Match, IReadOnlyList<string> Keys) : SieveTest;

    /// <summary>The test "string" of RFC 5229 §5.</summary>
    public sealed record Text(IReadOnlyList<string> Sources, Match Match, IReadOnlyList<string> Keys) : SieveTest;
}

internal enum AddressPart
{
    All,
    LocalPart,
    Domain,

    /// <summary>RFC 5233.</summary>
    User,

    /// <summary>RFC 5233.</summary>
    Detail,
}

internal enum BodyTransform
{
    Text,
    Raw,
    Content,
}

internal enum DateZone
{
    Local,
    Given,
    Original,
}

/// <summary>Which of several fields of a name: from 1, from the end where <paramref name="IsFromLast"/> (RFC 5260 §6).</summary>
internal sealed record FieldIndex(int Number, bool IsFromLast);
