using System.Collections.Frozen;

namespace Plenum.Wikitext.Functions;

/// <summary>Codes of languages: MediaWiki's own ones, the usual spelling, the direction of writing.</summary>
internal static class LanguageCodes
{
    private static readonly FrozenDictionary<string, string> s_standard = new Dictionary<string, string>
    {
        ["als"] = "gsw",
        ["bat-smg"] = "sgs",
        ["be-x-old"] = "be-tarask",
        ["cbk-zam"] = "cbk",
        ["de-formal"] = "de-x-formal",
        ["eml"] = "egl",
        ["en-rtl"] = "en-x-rtl",
        ["es-formal"] = "es-x-formal",
        ["fiu-vro"] = "vro",
        ["hu-formal"] = "hu-x-formal",
        ["map-bms"] = "jv-x-bms",
        ["mo"] = "ro-Cyrl-MD",
        ["nl-informal"] = "nl-x-informal",
        ["nrm"] = "nrf",
        ["roa-rup"] = "rup",
        ["roa-tara"] = "nap-x-tara",
        ["simple"] = "en-simple",
        ["sr-ec"] = "sr-Cyrl",
        ["sr-el"] = "sr-Latn",
        ["zh-classical"] = "lzh",
        ["zh-cn"] = "zh-Hans-CN",
        ["zh-hk"] = "zh-Hant-HK",
        ["zh-min-nan"] = "nan",
        ["zh-mo"] = "zh-Hant-MO",
        ["zh-my"] = "zh-Hans-MY",
        ["zh-sg"] = "zh-Hans-SG",
        ["zh-tw"] = "zh-Hant-TW",
        ["zh-yue"] = "yue",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_rightToLeft = new[]
    {
        "aeb", "ar", "arc", "arq", "ary", "arz", "azb", "bcc", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "kk-arab", "kk-cn", "ks", "ks-arab", "ku-arab", "lki", "lrc", "luz",
        "mnc", "mzn", "pnb", "ps", "sd", "sdh", "skr", "skr-arab", "ug", "ug-arab", "ur", "yi",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A code as BCP 47 knows it: MediaWiki's inventions replaced, countries upper case, scripts with a capital.</summary>
    public static string ToBcp47(string code)
    {
        if (s_standard.TryGetValue(code, out var standard))
        {
            return standard;
        }

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

    public static bool IsRightToLeft(string code) => s_rightToLeft.Contains(code);
}
