using System.Text.RegularExpressions;

namespace Plenum.Architecture.Tests.Source;

/// <summary>A line of code that must not stand in a part of the tree.</summary>
/// <param name="Why">The sentence a developer reads.</param>
/// <param name="Pattern">What is looked for in each line, comments left out.</param>
/// <param name="Where">Which files, by their path below the root, with forward slashes.</param>
/// <param name="Offender">A line the rule must catch.</param>
internal sealed record SourceRule(string Why, Regex Pattern, Func<string, bool> Where, string Offender)
{
    /// <summary>Places of this file that break the rule, as "path:line: sentence".</summary>
    public IEnumerable<string> Violations(string path, IEnumerable<string> lines)
        => Where(path) ? lines.Index().Where(l => Catches(l.Item)).Select(l => $"{path}:{l.Index + 1}: {Why}") : [];

    public bool Catches(string line)
    {
        var code = line.TrimStart();
        return !code.StartsWith("//", StringComparison.Ordinal) && Pattern.IsMatch(code);
    }
}
