using System.Text.Json;
using System.Text.RegularExpressions;
using Plenum.Testing;

namespace Plenum.Architecture.Tests.Pages;

/// <summary>The texts of all projects, found by glob: complete in both languages, each used, each use known.</summary>
public sealed partial class TextKeyTests
{
    private static readonly string Source = Path.Combine(SharedData.RepositoryRoot, "src");

    public static TheoryData<string> Projects()
        => new(Directory.GetFiles(Source, "Texts.de.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Source, Path.GetDirectoryName(f)!)).Order());

    [Theory, MemberData(nameof(Projects))]
    public void German_and_english_say_the_same(string project)
    {
        var (german, english) = (Load(project, "de"), Load(project, "en"));
        Assert.Empty(german.Keys.Except(english.Keys));
        Assert.Empty(english.Keys.Except(german.Keys));
        Assert.Empty(german.Where(t => string.IsNullOrWhiteSpace(t.Value) || string.IsNullOrWhiteSpace(english[t.Key])).Select(t => t.Key));
        Assert.Empty(german.Where(t => !Places(t.Value).SetEquals(Places(english[t.Key]))).Select(t => $"{t.Key}: {t.Value} · {english[t.Key]}"));
    }

    [Theory, MemberData(nameof(Projects))]
    public void No_key_is_written_twice(string project)
    {
        foreach (var language in (string[])["de", "en"])
        {
            var lines = File.ReadLines(Path.Combine(Source, project, $"Texts.{language}.json")).Select(l => KeyOfLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
            Assert.Equal(lines.Distinct(StringComparer.Ordinal).Count(), lines.Count);
        }
    }

    [Fact]
    public void Every_key_that_code_names_exists()
    {
        var known = All();
        var unknown = Sources().SelectMany(s => Uses(s.Text).Where(k => !known.Contains(k) && !known.Contains(k + ".one")).Select(k => $"{k} in {s.File}")).Distinct().Order().ToList();
        Assert.True(unknown.Count == 0, string.Join('\n', unknown));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var all = string.Join('\n', Sources().Select(s => s.Text));
        var literals = Literal().Matches(all).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        // "units.kind." + kind and $"{prefix}.title": a literal that ends or begins with a dot names a family of keys.
        var beginnings = literals.Where(l => l.EndsWith('.') || l.EndsWith('{') || l.Contains(".{", StringComparison.Ordinal)).Select(l => l.Split('{')[0]).Where(l => l.Length > 3 && l.Contains('.', StringComparison.Ordinal)).ToList();
        var endings = literals.Where(l => l.StartsWith('.') && l.Length > 2).Select(l => l.Split('{')[0]).ToList();
        var unused = All().Where(k => !literals.Contains(k) && !IsPlural(k, literals) && !beginnings.Exists(b => k.StartsWith(b, StringComparison.Ordinal))
            && !endings.Exists(e => k.EndsWith(e, StringComparison.Ordinal) && literals.Contains(k[..^e.Length]))).Order().ToList();
        Assert.True(unused.Count == 0, string.Join('\n', unused));
    }

    [Fact]
    public void The_test_sees_a_missing_and_an_unused_key()
    {
        Assert.Equal(["ui.never.written"], Uses("<p>@T[\"ui.never.written\"]</p>"));
        Assert.Equal(["a.rule.broken"], Uses("throw new RuleException(\"a.rule.broken\", 3);"));
    }

    private static bool IsPlural(string key, HashSet<string> literals)
        => (key.EndsWith(".one", StringComparison.Ordinal) && literals.Contains(key[..^4])) || (key.EndsWith(".other", StringComparison.Ordinal) && literals.Contains(key[..^6]));

    private static IEnumerable<string> Uses(string text) => Use().Matches(text).Select(m => m.Groups["key"].Value).Where(k => !k.EndsWith('.') && !k.Contains('{', StringComparison.Ordinal));

    private static HashSet<string> All() => [.. Directory.GetFiles(Source, "Texts.de.json", SearchOption.AllDirectories).SelectMany(f => Read(f).Keys)];

    private static IEnumerable<(string File, string Text)> Sources()
        => Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Source, f), File.ReadAllText(f)));

    private static Dictionary<string, string> Load(string project, string language) => Read(Path.Combine(Source, project, $"Texts.{language}.json"));

    private static Dictionary<string, string> Read(string file) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("""^\s*"([^"]+)":""")]
    private static partial Regex KeyOfLine();

    [GeneratedRegex(@"\{(\d+)(?::[^}]*)?\}")]
    private static partial Regex Place();

    // T["key"], Texts["key"], texts.In(language, "key"), Count("key"), new RuleException("key"), Flash.To(path, Tone.Good, "key").
    [GeneratedRegex("""(?:\b(?:T|Texts|texts|_texts)\[|\b(?:T|Texts|texts)\.(?:Count|In)\((?:[A-Za-z_.]+, )?|new RuleException\(|Flash\.To\([^"]*(?:"[^"]*"[^"]*)?Tone\.[A-Za-z]+, )"(?<key>[a-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)"\s*[\],)]""")]
    private static partial Regex Use();

    [GeneratedRegex("\"((?:[a-z][A-Za-z0-9-]*)?(?:\\.[A-Za-z0-9{}_()-]*)+)\"")]
    private static partial Regex Literal();
}
