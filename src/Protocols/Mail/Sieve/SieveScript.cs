using System.Diagnostics.CodeAnalysis;
using Plenum.Protocols.Mail.Sieve.Program;
using Plenum.Protocols.Mail.Sieve.Running;
using Plenum.Protocols.Mail.Sieve.Syntax;

namespace Plenum.Protocols.Mail.Sieve;

/// <summary>A checked script in the mail filtering language Sieve (RFC 5228). It can be kept and run for many messages, also at once.</summary>
public sealed class SieveScript
{
    private readonly SieveLimits _limits;

    private SieveScript(IReadOnlyList<SieveStatement> statements, bool usesVariables, SieveLimits limits)
    {
        Statements = statements;
        UsesVariables = usesVariables;
        _limits = limits;
    }

    /// <summary>What a script may require, as ManageSieve tells its clients (RFC 5804 §1.7).</summary>
    public static IReadOnlySet<string> Extensions { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "fileinto", "reject", "ereject", "envelope", "encoded-character", "copy", "body", "date", "index", "imap4flags", "mailbox", "relational",
        "subaddress", "vacation", "vacation-seconds", "variables", "comparator-i;octet", "comparator-i;ascii-casemap", "comparator-i;ascii-numeric",
        "comparator-i;unicode-casemap",
    };

    internal IReadOnlyList<SieveStatement> Statements { get; }

    internal bool UsesVariables { get; }

    /// <summary>Reads and checks a script.</summary>
    /// <param name="problems">Everything that is wrong, in the order it stands; empty on success.</param>
    public static bool TryParse(string text, SieveLimits limits, [NotNullWhen(true)] out SieveScript? script, out IReadOnlyList<SieveProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(limits);
        script = null;
        if (text.Length > limits.MaxScriptLength)
        {
            problems = [new(1, 1, "The script is too long.")];
            return false;
        }

        var parser = new Parser(text, limits);
        var commands = parser.Parse();
        if (parser.Problem is { } broken)
        {
            problems = [broken];
            return false;
        }

        var checker = new Checker(limits);
        var statements = checker.Check(EncodedCharacters.Decode(commands, checker.Fail));
        problems = checker.Problems;
        if (problems.Count > 0)
        {
            return false;
        }

        script = new(statements, checker.UsesVariables, limits);
        return true;
    }

    /// <summary>Runs the script for one message. It touches nothing: what is to be done comes back as actions.</summary>
    public SieveOutcome Run(SieveMessage message, SieveEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(environment);
        return new Interpreter(message, environment, _limits, UsesVariables).Run(Statements);
    }
}
