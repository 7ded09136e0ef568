namespace Plenum.Protocols.Mail.Sieve;

/// <summary>What one person's script may cost. RFC 5228 §2.10.5 and RFC 5229 §6 give the least a server must allow.</summary>
public sealed record SieveLimits
{
    public static SieveLimits Default { get; } = new();

    /// <summary>Longest script, in characters.</summary>
    public int MaxScriptLength { get; init; } = 64 * 1024;

    /// <summary>Deepest nesting of blocks and tests; at least 15 each (RFC 5228 §2.10.5).</summary>
    public int MaxNesting { get; init; } = 32;

    /// <summary>Most problems told of one script.</summary>
    public int MaxProblems { get; init; } = 20;

    /// <summary>Most strings in one list.</summary>
    public int MaxListItems { get; init; } = 1_000;

    /// <summary>Most actions one message may cause.</summary>
    public int MaxActions { get; init; } = 32;

    /// <summary>Most redirections one message may cause: a script is no mailing list.</summary>
    public int MaxRedirects { get; init; } = 4;

    /// <summary>Most variables; at least 128 (RFC 5229 §6).</summary>
    public int MaxVariables { get; init; } = 128;

    /// <summary>Longest value of a variable, in characters; at least 4,000 (RFC 5229 §6). Longer ones are cut.</summary>
    public int MaxVariableLength { get; init; } = 4_000;

    /// <summary>Steps of one run: commands, tests, compared strings and wildcard trials together.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Most of a body that the body test looks at, in characters.</summary>
    public int MaxBodyLength { get; init; } = 1024 * 1024;
}
