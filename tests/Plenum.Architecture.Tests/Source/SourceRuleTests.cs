using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Testing;

namespace Plenum.Architecture.Tests.Source;

public sealed partial class SourceRuleTests
{
    private static readonly IReadOnlyList<SourceRule> Rules =
    [
        new("Time comes from TimeProvider or as an argument.", Clock(), InSource, "var now = DateTime.UtcNow;"),
        new("Nobody can await an async void.", AsyncVoid(), InSource, "    private async void OnTick()"),
        new("A column of an instant is made by AsInstant(): AsDateTime2 shifts on PostgreSQL, AsDateTimeOffset fails on SQLite.",
            WrongInstant(), InSource, ".WithColumn(\"at\").AsDateTime2().NotNullable()"),
        new("Blocking on a task starves the pool.", Blocking(), InSource, "var page = LoadAsync().GetAwaiter().GetResult();"),
        new("A migration is history: its names are literals.", NameOfInMigration(), path => InSource(path) && Migration().IsMatch(path), "Create.Table(nameof(Page))"),
        new("Names say what a thing is, not that it helps.", BannedName(), InSource, "public sealed class MailHelper"),
        new("A module's InternalsVisibleTo opens a wall.", Friend(), InSource, "[assembly: InternalsVisibleTo(\"Plenum.Wiki\")]"),
        new("A test waits for a condition, it does not sleep.", Sleep(), InTests, "await Task.Delay(500);"),
        new("A test is not skipped.", Skip(), InTests, "[Fact(Skip = \"later\")]"),
        new("The content policy forbids inline scripts and styles.", Inline(), path => path.EndsWith(".razor", StringComparison.Ordinal), "<p style=\"color: red\">"),
        new("A page reads in LoadAsync of LoadedPage: OnInitializedAsync lets it render before it has read.",
            EarlyRender(), path => path.EndsWith(".razor", StringComparison.Ordinal), "protected override async Task OnInitializedAsync()"),
    ];

    [Fact]
    public void No_line_of_the_tree_breaks_a_rule()
    {
        var root = SharedData.RepositoryRoot;
        var files = new[] { "src", "tests" }.SelectMany(top => Directory.GetFiles(Path.Combine(root, top), "*.*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal));
        Assert.Empty(files.SelectMany(f => Broken(Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllLines(f))));
    }

    [Fact]
    public void Each_rule_catches_its_offender()
        => Assert.All(Rules, rule => Assert.True(rule.Catches(rule.Offender), rule.Why));

    [Fact]
    public void A_comment_is_no_code()
        => Assert.All(Rules, rule => Assert.False(rule.Catches("// " + rule.Offender), rule.Why));

    [Fact]
    public void Each_migration_carries_its_file_s_number_once_and_its_table_s_prefix()
    {
        var root = SharedData.RepositoryRoot;
        var migrations = Directory.GetFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => Migration().IsMatch(f)).Select(f => (Path: f, Text: File.ReadAllText(f))).ToList();
        Assert.NotEmpty(migrations);
        Assert.Empty(migrations.SelectMany(m => MigrationFaults(m.Path, m.Text)));
        Assert.Empty(migrations.GroupBy(m => Path.GetFileName(m.Path)[..12]).Where(g => g.Count() > 1).Select(g => $"Two migrations have the number {g.Key}."));
    }

    [Theory]
    [InlineData("src/Modules/Wiki/Data/202611240900_CreatePages.cs", "[Migration(2026_11_24_0901, \"wiki: pages\")]\nclass CreatePages\nCreate.Table(\"wiki_page\")")]
    [InlineData("src/Modules/Wiki/Data/202611240900_CreatePages.cs", "[Migration(2026_11_24_0900, \"pages\")]\nclass CreatePages\nCreate.Table(\"wiki_page\")")]
    [InlineData("src/Modules/Wiki/Data/202611240900_CreatePages.cs", "[Migration(2026_11_24_0900, \"wiki: pages\")]\nclass Pages\nCreate.Table(\"wiki_page\")")]
    [InlineData("src/Modules/Wiki/Data/202611240900_CreatePages.cs", "[Migration(2026_11_24_0900, \"wiki: pages\")]\nclass CreatePages\nCreate.Table(\"mail_page\")")]
    public void And_a_wrong_migration_is_caught(string path, string text) => Assert.NotEmpty(MigrationFaults(path, text));

    private static IEnumerable<string> MigrationFaults(string path, string text)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var (stamp, title) = (name[..12], name[13..]);
        var number = string.Create(CultureInfo.InvariantCulture, $"{stamp[..4]}_{stamp[4..6]}_{stamp[6..8]}_{stamp[8..]}");
        var declared = Declared().Match(text);
        if (!declared.Success || declared.Groups["number"].Value != number)
        {
            yield return $"{path}: the attribute's number is not {number}.";
        }

        if (!text.Contains($"class {title}", StringComparison.Ordinal))
        {
            yield return $"{path}: the class is not named {title}.";
        }

        var prefix = declared.Groups["module"].Value;
        if (prefix.Length == 0)
        {
            yield return $"{path}: the description does not begin with its module.";
        }

        foreach (Match table in CreatedTable().Matches(text))
        {
            if (!table.Groups["table"].Value.StartsWith(prefix + "_", StringComparison.Ordinal))
            {
                yield return $"{path}: the table {table.Groups["table"].Value} lacks the prefix {prefix}_.";
            }
        }
    }

    private static IEnumerable<string> Broken(string path, string[] lines) => Rules.SelectMany(r => r.Violations(path, lines));

    private static bool InSource(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    // This file quotes its offenders.
    private static bool InTests(string path) => path.StartsWith("tests/", StringComparison.Ordinal) && !path.EndsWith("/SourceRuleTests.cs", StringComparison.Ordinal);

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\basync void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\.AsDateTime(2|Offset)?\(")]
    private static partial Regex WrongInstant();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bnameof\(")]
    private static partial Regex NameOfInMigration();

    // Handler stays allowed where a framework's own word ends so (ConnectionHandler, EventHandler, OutboxHandler); DiscoInfo is XEP-0030's word.
    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (?!DiscoInfo\b)\w*(Manager|Helpers?|Utils?|Utility|Processor|Data|Info|Common|Impl|(?<!Connection|Event|Outbox|Authentication|Authorization|Exception|Requirement|Passkey)Handler)\b")]
    private static partial Regex BannedName();

    [GeneratedRegex(@"\bInternalsVisibleTo\b")]
    private static partial Regex Friend();

    [GeneratedRegex(@"\bTask\.Delay\(|\bThread\.Sleep\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bSkip\s*=|\bAssert\.Skip")]
    private static partial Regex Skip();

    [GeneratedRegex(@"<\w[^>]*\sstyle=""|<style\b|<script(?![^>]*\ssrc=)[^>]*>|\son(click|load|error|submit|change)=""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"\bOnInitializedAsync\b")]
    private static partial Regex EarlyRender();

    [GeneratedRegex(@"[\\/]\d{12}_\w+\.cs$")]
    private static partial Regex Migration();

    [GeneratedRegex(@"\[Migration\((?<number>[\d_]+), ""((?<module>\w+): )?")]
    private static partial Regex Declared();

    [GeneratedRegex(@"Create\.Table\(""(?<table>\w+)""\)")]
    private static partial Regex CreatedTable();
}
