using System.Collections.Frozen;
using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Functions;

/// <summary>Whether a call is meant for the moment of saving.</summary>
internal enum Substitution
{
    None,

    /// <summary>subst: only when the page is saved.</summary>
    Always,

    /// <summary>safesubst: when the page is saved, and when it is shown.</summary>
    Safe,
}

/// <summary>The words of MediaWiki's wikitext in one language; the English ones are understood in every language.</summary>
internal sealed class MagicWords
{
    private static readonly MagicWords s_english = new(german: false);
    private static readonly MagicWords s_german = new(german: true);

    private readonly FrozenDictionary<string, ParserFunction> _variables;
    private readonly FrozenDictionary<string, ParserFunction> _foldedVariables;
    private readonly FrozenDictionary<string, ParserFunction> _functions;
    private readonly FrozenDictionary<string, ParserFunction> _foldedFunctions;
    private readonly Dictionary<string, string[]> _prefixes = [];
    private readonly Dictionary<string, (string[] Names, StringComparison Comparison)> _options = [];

    private MagicWords(bool german)
    {
        var variables = new Dictionary<string, ParserFunction>(StringComparer.Ordinal);
        var foldedVariables = new Dictionary<string, ParserFunction>(StringComparer.OrdinalIgnoreCase);
        var functions = new Dictionary<string, ParserFunction>(StringComparer.Ordinal);
        var foldedFunctions = new Dictionary<string, ParserFunction>(StringComparer.OrdinalIgnoreCase);
        var switches = new List<(string, BehaviourSwitches, StringComparison)>();
        foreach (var word in WordTable.Words)
        {
            var names = word.Names(german);
            foreach (var name in names)
            {
                Add(word, name, variables, foldedVariables, functions, foldedFunctions, switches);
            }

            if (word.Use is WordUse.Prefix)
            {
                _prefixes[word.Id] = names;
            }
            else if (word.Use is WordUse.Option)
            {
                _options[word.Id] = (names, word.IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
            }
        }

        _variables = variables.ToFrozenDictionary(StringComparer.Ordinal);
        _foldedVariables = foldedVariables.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _functions = functions.ToFrozenDictionary(StringComparer.Ordinal);
        _foldedFunctions = foldedFunctions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Switches = switches;
    }

    /// <summary>Words between double underscores, underscores included.</summary>
    public IReadOnlyList<(string Word, BehaviourSwitches Switch, StringComparison Comparison)> Switches { get; }

    public static MagicWords For(string language)
        => language == "de" || language.StartsWith("de-", StringComparison.Ordinal) ? s_german : s_english;

    public ParserFunction? FindVariable(string name) => _variables.GetValueOrDefault(name) ?? _foldedVariables.GetValueOrDefault(name);

    /// <summary>A function by what stands before the first colon.</summary>
    public ParserFunction? FindFunction(ReadOnlySpan<char> name)
        => _functions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var function)
            || _foldedFunctions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out function) ? function : null;

    /// <summary>Takes subst: or safesubst: off the start.</summary>
    public Substitution TakeSubstitution(ref string name)
        => Take(ref name, "subst") ? Substitution.Always : Take(ref name, "safesubst") ? Substitution.Safe : Substitution.None;

    /// <summary>Takes msgnw:, msg: and raw: off the start.</summary>
    /// <returns>True for msgnw: the source is to be shown.</returns>
    public bool TakeMessagePrefixes(ref string name)
    {
        var showsSource = Take(ref name, "msgnw");
        if (!showsSource)
        {
            Take(ref name, "msg");
        }

        Take(ref name, "raw");
        return showsSource;
    }

    /// <summary>True if a text is one of an option's words.</summary>
    public bool Is(string option, string? text)
    {
        if (text is null)
        {
            return false;
        }

        var (names, comparison) = _options[option];
        return Array.Exists(names, n => n.Equals(text, comparison));
    }

    private static void Add(
        Word word,
        string name,
        Dictionary<string, ParserFunction> variables,
        Dictionary<string, ParserFunction> foldedVariables,
        Dictionary<string, ParserFunction> functions,
        Dictionary<string, ParserFunction> foldedFunctions,
        List<(string, BehaviourSwitches, StringComparison)> switches)
    {
        if (word.Use is WordUse.Switch)
        {
            var comparison = word.IsCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            switches.Add((name, Enum.Parse<BehaviourSwitches>(word.Id), comparison));
            return;
        }

        if (word.Use.HasFlag(WordUse.Variable))
        {
            (word.IsCaseSensitive ? variables : foldedVariables).TryAdd(name, FunctionTable.Find(word.Id));
        }

        if (word.Use.HasFlag(WordUse.HashVariable))
        {
            (word.IsCaseSensitive ? variables : foldedVariables).TryAdd("#" + name, FunctionTable.Find(word.Id));
        }

        if (word.Use.HasFlag(WordUse.Function) || word.Use.HasFlag(WordUse.HashFunction))
        {
            var called = word.Use.HasFlag(WordUse.HashFunction) ? "#" + name : name;
            (word.IsCaseSensitive ? functions : foldedFunctions).TryAdd(called, FunctionTable.Find(word.Id));
        }
    }

    private bool Take(ref string name, string prefix)
    {
        foreach (var word in _prefixes[prefix])
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && name.Length > word.Length && name[word.Length] == ':')
            {
                name = name[(word.Length + 1)..].TrimWhite();
                return true;
            }
        }

        return false;
    }
}
