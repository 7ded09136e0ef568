namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>Settings of a case: one <c>$wg</c> variable a line, values as JSON.</summary>
public static class ParserTestConfig
{
    public static IReadOnlyDictionary<string, string> Read(string text)
        => text.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
}
