using System.Collections.Frozen;

namespace Plenum.Wikitext.Parsing;

/// <summary>Letters right after a link that become part of its text: <c>[[house]]s</c>. Which letters count depends on the language.</summary>
internal sealed class LinkTrail
{
    private static readonly FrozenDictionary<string, string> MoreLetters = new Dictionary<string, string>
    {
        ["de"] = "äöüß",
        ["fr"] = "àâçéèêîôûäëïöüùÇÉÂÊÎÔÛÄËÏÖÜÀÈÙ",
        ["es"] = "áéíóúñ",
        ["nl"] = "äöüïëéèà",
        ["ca"] = "àèéíòóúç·ïü",
        ["cs"] = "áčďéěíňóřšťúůýž",
        ["fi"] = "äö",
        ["sv"] = "åäöéÅÄÖÉ",
        ["da"] = "æøå",
        ["nb"] = "æøå",
        ["is"] = "áðéíóúýþæö–-",
        ["it"] = "àéèíîìóòúù",
        ["pl"] = "ęóąśłżźćńĘÓĄŚŁŻŹĆŃ",
        ["pt"] = "áâãàéêẽçíòóôõqúüűũ",
        ["tr"] = "çğıöşüÇĞİÖŞÜ",
        ["eo"] = "ĉĝĥĵŝŭ",
        ["ru"] = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    }.ToFrozenDictionary();

    private readonly string _more;

    /// <summary>True if an apostrophe that is no markup belongs to a trail.</summary>
    private readonly bool _hasApostrophe;

    public LinkTrail(string language)
    {
        var dash = language.IndexOf('-', StringComparison.Ordinal);
        _hasApostrophe = language == "ca";
        _more = MoreLetters.GetValueOrDefault(dash < 0 ? language : language[..dash], "");
    }

    /// <summary>Length of the trail at the start of the text.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && (char.IsAsciiLetterLower(text[at]) || (_more.Length > 0 && _more.Contains(text[at]))
            || (_hasApostrophe && text[at] == '\'' && (at + 1 == text.Length || text[at + 1] != '\''))))
        {
            at++;
        }

        return at;
    }
}
