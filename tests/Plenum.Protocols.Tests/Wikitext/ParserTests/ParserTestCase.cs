namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>One case: wikitext, options, and what MediaWiki makes of it.</summary>
public sealed class ParserTestCase
{
    /// <summary>Files that test Parsoid's own features, extensions, or the conversion between scripts of a language.</summary>
    private static readonly HashSet<string> UncountedFiles =
    [
        "annotationParserTests", "attributeExpanderTests", "domNormalizerTests", "encapParserTests", "i18nParserTests", "langParserTests",
        "langParserTests2", "pFragmentHandlerTests", "sectionWrappingParserTests", "selserWrappingParserTests", "separatorTests",
        "timedMediaHandlerParserTests", "v3ParserFunctions",
    ];

    /// <summary>Languages written in more than one script, which MediaWiki converts.</summary>
    private static readonly string[] VariantLanguages = ["zh", "sr", "kk", "ku", "shi", "tg", "uz", "gan", "crh", "iu"];

    private readonly IReadOnlyDictionary<string, string> _sections;

    public ParserTestCase(string file, IReadOnlyDictionary<string, string> sections)
    {
        File = file;
        _sections = sections;
        Name = string.Join(' ', sections["test"].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Options = new(sections.GetValueOrDefault("options", ""));
        Config = ParserTestConfig.Read(sections.GetValueOrDefault("config", ""));
    }

    public string File { get; }

    public string Name { get; }

    public ParserTestOptions Options { get; }

    public IReadOnlyDictionary<string, string> Config { get; }

    public string Wikitext => Chomp(_sections.GetValueOrDefault("wikitext") ?? _sections.GetValueOrDefault("input") ?? "");

    /// <summary>What the classic parser makes of it, or null if the case is not for it.</summary>
    public string? Html => (_sections.GetValueOrDefault("html/php") ?? _sections.GetValueOrDefault("html/*") ?? _sections.GetValueOrDefault("html")) is { } html ? Chomp(html) : null;

    /// <summary>What Parsoid makes of it, or null.</summary>
    public string? ParsoidHtml => _sections.GetValueOrDefault("html/parsoid") is { } html ? Chomp(html) : null;

    public string? Metadata => _sections.GetValueOrDefault("metadata/php") ?? _sections.GetValueOrDefault("metadata");

    /// <summary>True if the case says something about wikitext as this library reads it.</summary>
    public bool Counts
        => Html is not null && !UncountedFiles.Contains(File) && !Options.Has("disabled") && !Options.Has("styletag")
            && Options["htmlvariantlanguage"] is null && Options["variant"] is null && !Config.ContainsKey("wgUsePigLatinVariant")
            && !VariantLanguages.Contains(Options["language"]?.Split('-')[0]);

    /// <summary>True if the case says something about what a page tells beside its HTML.</summary>
    public bool CountsForMetadata
        => PageMetadata.IsAsked(this) && !UncountedFiles.Contains(File) && !Options.Has("disabled") && Options["htmlvariantlanguage"] is null
            && !VariantLanguages.Contains(Options["language"]?.Split('-')[0]);

    private static string Chomp(string text) => text.EndsWith('\n') ? text[..^1] : text;
}
