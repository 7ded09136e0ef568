using Plenum.Testing;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>The checked-in list of cases that fail, with the reason of each: <c>file :: case :: why</c>.</summary>
public sealed class KnownFailures
{
    private readonly HashSet<(string File, string Case)> _all = [];

    public static KnownFailures Read(string list)
    {
        var known = new KnownFailures();
        var path = Path.Combine(SharedData.RepositoryRoot, "tests/Plenum.Protocols.Tests/Wikitext/ParserTests", list);
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split(" :: ");
            Assert.True(parts.Length == 3 && parts[2].Length > 0, $"A line is \"file :: case :: why\": {line}");
            Assert.True(known._all.Add((parts[0], parts[1])), $"Listed twice: {line}");
        }

        return known;
    }

    public bool Contains(ParserTestCase test) => _all.Contains((test.File, test.Name));
}
