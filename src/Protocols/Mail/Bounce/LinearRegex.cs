using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Regular expressions whose cost grows with the length of the text only, whatever a stranger wrote.</summary>
internal static class LinearRegex
{
    public static Regex Create(string pattern, RegexOptions more = RegexOptions.None)
        => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | more);
}
