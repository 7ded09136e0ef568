using Plenum.Protocols.Mail.Sieve.Program;

namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>IMAP flags in variables (RFC 5232): the unnamed one goes with keep and fileinto.</summary>
internal sealed class FlagSets(Variables variables)
{
    private List<string> _unnamed = [];

    public IReadOnlyList<string> Current => [.. _unnamed];

    /// <summary>Flags are parted by spaces; each counts once, whatever its case. What is no flag is left out (RFC 5232 §2).</summary>
    public static List<string> Split(IEnumerable<string> lists)
        => [.. lists.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(IsFlag).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<string> Of(string? variable) => variable is null ? _unnamed : Split([variables[variable]]);

    public void Change(FlagChange change, string? variable, IEnumerable<string> flags)
    {
        var given = Split(flags);
        var before = Of(variable);
        List<string> after = change switch
        {
            FlagChange.Set => given,
            FlagChange.Add => [.. before.Concat(given).Distinct(StringComparer.OrdinalIgnoreCase)],
            _ => [.. before.Except(given, StringComparer.OrdinalIgnoreCase)],
        };
        if (variable is null)
        {
            _unnamed = after;
        }
        else
        {
            variables.TrySet(variable, string.Join(' ', after));
        }
    }

    private static bool IsFlag(string flag)
    {
        var name = flag[0] == '\\' ? flag[1..] : flag;
        return name.Length > 0 && name.All(c => c is > ' ' and < '\x7f' and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']'))
            && (flag[0] != '\\' || name.ToUpperInvariant() is "ANSWERED" or "FLAGGED" or "DELETED" or "SEEN" or "DRAFT");
    }
}
