using System.Collections.Frozen;
using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>Names of languages for #language.</summary>
internal static class LanguageNames
{
    /// <summary>Names in the language itself where the platform writes them otherwise than MediaWiki or does not know them.</summary>
    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["als"] = "Alemannisch",
        ["bar"] = "Boarisch",
        ["de-at"] = "Österreichisches Deutsch",
        ["de-ch"] = "Schweizer Hochdeutsch",
        ["de-formal"] = "Deutsch (Sie-Form)",
        ["en-ca"] = "Canadian English",
        ["en-gb"] = "British English",
        ["es"] = "español",
        ["frr"] = "Nordfriisk",
        ["gsw"] = "Alemannisch",
        ["he"] = "עברית",
        ["ja"] = "日本語",
        ["la"] = "Latina",
        ["nds"] = "Plattdüütsch",
        ["nb"] = "norsk bokmål",
        ["no"] = "norsk",
        ["pt-br"] = "português do Brasil",
        ["simple"] = "Simple English",
        ["stq"] = "Seeltersk",
        ["zh"] = "中文",
        ["zh-hans"] = "中文（简体）",
        ["zh-hant"] = "中文（繁體）",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a language's name.</summary>
    /// <param name="code">Code of the language.</param>
    /// <param name="inLanguage">German or English to have the name in that language; else in the language itself.</param>
    /// <returns>The code in its usual spelling if it names no language.</returns>
    public static string Find(string code, string inLanguage)
    {
        var culture = Culture(code);
        if (culture is not null && inLanguage.Equals("en", StringComparison.OrdinalIgnoreCase))
        {
            return culture.EnglishName;
        }

        return s_names.GetValueOrDefault(code) ?? culture?.NativeName ?? LanguageCodes.ToBcp47(code);
    }

    /// <summary>What the platform knows of a language; null if nothing.</summary>
    public static CultureInfo? Culture(string code)
    {
        // The platform takes "de-formal" for private use of "de" and from then on mixes up the two.
        if (code.Length is < 2 or > 12 || code.Split('-').Skip(1).Any(p => p.Length is < 2 or > 4))
        {
            return null;
        }

        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
