using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Plenum.Kernel.Language;

/// <summary>
/// Every text of the user interface, German and English, from the Texts.de.json and Texts.en.json of each project.
/// The language is that of <see cref="CultureInfo.CurrentUICulture"/>; English serves any other.
/// </summary>
public sealed class Texts
{
    /// <summary>The languages every text exists in, the first being the default of a new organisation.</summary>
    public static IReadOnlyList<CultureInfo> Languages { get; } = [CultureInfo.GetCultureInfo("de"), CultureInfo.GetCultureInfo("en")];

    private readonly FrozenDictionary<string, string> _german;
    private readonly FrozenDictionary<string, string> _english;

    /// <exception cref="InvalidOperationException">Two assemblies define the same key.</exception>
    public Texts(IEnumerable<Assembly> assemblies)
    {
        var sources = assemblies.Distinct().ToArray();
        _german = Load(sources, "de");
        _english = Load(sources, "en");
    }

    /// <summary>The text of a key with its values filled in, numbers and dates formatted for the reader's language.</summary>
    /// <returns>The key itself if no such text exists: a page with one odd word beats no page. A test finds such keys.</returns>
    public string this[string key, params object?[] args] => In(CultureInfo.CurrentUICulture, key, args);

    /// <summary>A text that depends on a number: <c>key.one</c> for exactly one, else <c>key.other</c>; the number is {0}.</summary>
    public string Count(string key, long number, params object?[] more)
        => this[number == 1 ? key + ".one" : key + ".other", [number, .. more]];

    /// <summary>The text in a given language, for mails and protocol replies that are not written in the current request's language.</summary>
    public string In(CultureInfo language, string key, params object?[] args)
    {
        var texts = language.TwoLetterISOLanguageName == "de" ? _german : _english;
        if (!texts.TryGetValue(key, out var text))
        {
            return key;
        }

        return args.Length == 0 ? text : string.Format(language, text, args);
    }

    /// <summary>The sentence of a broken rule in the reader's language.</summary>
    public string Of(RuleException broken) => this[broken.Key, [.. broken.Args]];

    /// <summary>All keys of a language, for the test that compares the two.</summary>
    public IReadOnlyCollection<string> Keys(string language) => language == "de" ? _german.Keys : _english.Keys;

    private static FrozenDictionary<string, string> Load(Assembly[] assemblies, string language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in assemblies)
        {
            using var stream = assembly.GetManifestResourceStream($"{assembly.GetName().Name}.Texts.{language}.json");
            if (stream is null)
            {
                continue;
            }

            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!texts.TryAdd(key, text))
                {
                    throw new InvalidOperationException($"The text {key} ({language}) of {assembly.GetName().Name} is already defined elsewhere.");
                }
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
