using System.Text;

namespace Plenum.Protocols.Xmpp.Stream;

/// <summary>Element names of conditions: the enum member's words, lower case, joined by hyphens.</summary>
internal static class ErrorNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(Hyphenated);

    public static string Of(T condition) => Hyphenated(condition);

    public static bool TryRead(string name, out T condition) => ByName.TryGetValue(name, out condition);

    private static string Hyphenated(T condition)
    {
        var text = new StringBuilder();
        foreach (var c in condition.ToString())
        {
            text.Append(char.IsUpper(c) && text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
