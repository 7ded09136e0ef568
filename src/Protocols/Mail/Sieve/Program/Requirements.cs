using Plenum.Protocols.Mail.Sieve.Syntax;

namespace Plenum.Protocols.Mail.Sieve.Program;

/// <summary>What a script has required (RFC 5228 §3.2), and what is wrong with it so far.</summary>
internal sealed class Requirements(SieveLimits limits)
{
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly List<SieveProblem> _problems = [];

    public IReadOnlyList<SieveProblem> Problems => _problems;

    public bool Has(string extension) => _required.Contains(extension);

    public void Add(string extension, Position at)
    {
        if (!SieveScript.Extensions.Contains(extension))
        {
            Fail(at, $"The extension \"{extension}\" is not supported.");
        }

        _required.Add(extension);
    }

    /// <summary>The script must have required this before it uses that.</summary>
    public void Need(string? extension, Position at, string use)
    {
        if (extension is not null && !Has(extension))
        {
            Fail(at, $"\"{use}\" needs: require \"{extension}\";");
        }
    }

    public void Fail(Position at, string text)
    {
        if (_problems.Count < limits.MaxProblems)
        {
            _problems.Add(new(at.Line, at.Column, text));
        }
    }
}
