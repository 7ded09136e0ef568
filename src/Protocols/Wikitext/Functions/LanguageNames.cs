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

        return s_names.GetValueOrDefault(code) ?? culture?.NativeName ?? Spell(code);
    }

    private static CultureInfo? Culture(string code)
    {
        if (code.Length is < 2 or > 12)
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

    /// <summary>Countries upper case, scripts with a capital, all else lower case (BCP 47).</summary>
    private static string Spell(string code)
    {
        var parts = string.Concat(code.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)).Split('-');
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i - 1] != "x")
            {
                parts[i] = parts[i].Length switch
                {
                    2 => parts[i].ToUpperInvariant(),
                    4 => char.ToUpperInvariant(parts[i][0]) + parts[i][1..],
                    _ => parts[i],
                };
            }
        }

        return string.Join('-', parts);
    }
}
