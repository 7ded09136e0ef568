using Plenum.Testing;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>
/// MediaWiki's own parser tests (read beside the checkout, never copied). Set PLENUM_PARSERTESTS=scores to print a line for each
/// file, =failures to print what differs, =failures:NAME for one file.
/// </summary>
public sealed class ParserTestSuiteTests
{
    private const string Folder = "wikitext-parsertests";

    [Fact]
    public void Cases_render_as_in_MediaWiki_but_for_the_known_failures()
    {
        if (!SharedData.TryFind(Folder, out var folder))
        {
            VectorSet.ReportAbsent("wikitext-core");
            return;
        }

        var report = Environment.GetEnvironmentVariable("PLENUM_PARSERTESTS") ?? "";
        var known = KnownFailures.Read("KnownFailures.txt");
        List<string> surprises = [];
        int passed = 0, total = 0, lacking = 0;
        foreach (var path in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var file = ParserTestFile.Read(path);
            int passedHere = 0, totalHere = 0;
            foreach (var test in file.Cases.Where(c => c.Counts))
            {
                if (ParserTestRun.LacksTemplate(file, test) is { } template)
                {
                    lacking++;
                    if (report.Length > 0)
                    {
                        Console.WriteLine($"lacks {template}: {file.Name} :: {test.Name}");
                    }

                    continue;
                }

                totalHere++;
                var passes = Passes(file, test, out var expected, out var actual);
                passedHere += passes ? 1 : 0;
                if (passes == known.Contains(test))
                {
                    surprises.Add($"{(passes ? "no longer fails" : "fails")}: {file.Name} :: {test.Name}");
                }

                if (!passes && (report == "failures" || report == "failures:" + file.Name))
                {
                    Console.WriteLine($"==== {file.Name} :: {test.Name}\n{test.Wikitext}\n---- expected\n{expected}\n---- actual\n{actual}\n");
                }
            }

            passed += passedHere;
            total += totalHere;
            if (report.Length > 0 && totalHere > 0)
            {
                Console.WriteLine($"score: {file.Name} {passedHere}/{totalHere} {100.0 * passedHere / totalHere:F1} %");
            }
        }

        Console.WriteLine($"wikitext-core: {lacking} cases left out, their templates are not in the data");
        VectorSet.Report("wikitext-core", passed, total);
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    [Fact]
    public void Pages_tell_beside_their_html_what_MediaWiki_finds()
    {
        if (!SharedData.TryFind(Folder, out var folder))
        {
            VectorSet.ReportAbsent("wikitext-metadata");
            return;
        }

        var known = KnownFailures.Read("KnownMetadataFailures.txt");
        List<string> surprises = [];
        int passed = 0, total = 0;
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(ParserTestFile.Read))
        {
            foreach (var test in file.Cases.Where(c => c.CountsForMetadata))
            {
                var passes = ParserTestRun.PassesMetadata(file, test, out var expected, out var actual);
                total++;
                passed += passes ? 1 : 0;
                if (passes == known.Contains(test))
                {
                    surprises.Add($"{(passes ? "no longer fails" : "fails")}: {file.Name} :: {test.Name}\n---- expected\n{expected}\n---- actual\n{actual}");
                }
            }
        }

        VectorSet.Report("wikitext-metadata", passed, total);
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    private static bool Passes(ParserTestFile file, ParserTestCase test, out string expected, out string actual)
    {
        try
        {
            return ParserTestRun.Passes(file, test, out expected, out actual);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            (expected, actual) = ("", thrown.ToString());
            return false;
        }
    }
}
