using System.Text;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>A file of MediaWiki's parser tests, format version 2: blocks of <c>!! name</c> sections that end with <c>!! end</c>.</summary>
public sealed class ParserTestFile
{
    private ParserTestFile(string name, IReadOnlyList<ParserTestCase> cases, IReadOnlyDictionary<string, string> articles)
    {
        Name = name;
        Cases = cases;
        Articles = articles;
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    public IReadOnlyList<ParserTestCase> Cases { get; }

    /// <summary>Pages the file's cases assume to exist, by title.</summary>
    public IReadOnlyDictionary<string, string> Articles { get; }

    public static ParserTestFile Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        List<ParserTestCase> cases = [];
        Dictionary<string, string> articles = [];
        Dictionary<string, StringBuilder>? block = null;
        StringBuilder? section = null;
        foreach (var line in File.ReadAllText(path, Encoding.UTF8).Split('\n'))
        {
            if (!line.StartsWith("!!", StringComparison.Ordinal))
            {
                section?.Append(line).Append('\n');
                continue;
            }

            var word = line[2..].Trim().Split(' ', '\t')[0].ToLowerInvariant();
            if (word is "end" or "endarticle" or "endhooks")
            {
                Finish(block, name, cases, articles);
                block = null;
                section = null;
                continue;
            }

            block ??= [];
            block[word] = section = new();
        }

        return new(name, cases, articles);
    }

    private static void Finish(Dictionary<string, StringBuilder>? block, string file, List<ParserTestCase> cases, Dictionary<string, string> articles)
    {
        if (block is null)
        {
            return;
        }

        var sections = block.ToDictionary(s => s.Key, s => s.Value.ToString());
        if (sections.TryGetValue("article", out var title))
        {
            articles[title.Trim()] = sections.GetValueOrDefault("text", "").TrimEnd();
        }
        else if (sections.ContainsKey("test"))
        {
            cases.Add(new(file, sections));
        }
    }
}
