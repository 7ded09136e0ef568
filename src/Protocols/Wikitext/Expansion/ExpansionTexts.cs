using System.Globalization;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Sentences that may appear in a page, in its language. The English ones are the well-known ones: tools look for them.</summary>
internal sealed class ExpansionTexts(IWikiSite site)
{
    private readonly bool _german = site.Language == "de" || site.Language.StartsWith("de-", StringComparison.Ordinal);

    public string TooManyNodes => Say("Node-count limit exceeded", "Die Seite enthält zu viele Vorlagen und Funktionen");

    public string NestedTooDeep => Say("Expansion depth limit exceeded", "Vorlagen und Funktionen sind zu tief geschachtelt");

    public string OutOfTime => Say("The time allocated for this page has expired", "Die Zeit für das Zusammenbauen der Seite ist abgelaufen");

    public string PageTooLong => Say("The page is longer than allowed once templates are included", "Die Seite ist mit ihren Vorlagen länger als erlaubt");

    public string ArgumentsTooLong => Say("Template arguments are longer than allowed", "Die Angaben an Vorlagen sind länger als erlaubt");

    public string ResultTooLong => Say("The result is longer than allowed", "Das Ergebnis ist länger als erlaubt");

    public string InvalidTime => Say("Error: Invalid time.", "Fehler: Ungültige Zeitangabe.");

    public string TooManyTimes => Say("Error: Too many #time calls.", "Fehler: Zu viele Aufrufe von #time.");

    public string YearTooBig => Say("Error: #time only supports years up to 9999.", "Fehler: #time kennt nur Jahre bis 9999.");

    public string YearTooSmall => Say("Error: #time only supports years from 0.", "Fehler: #time kennt nur Jahre ab 0.");

    public string NotANumber => Say("Not a Number", "Keine Zahl");

    public string TemplateLoop(PageTitle page) => Say("Template loop detected: [[{0}]]", "Vorlagenschleife entdeckt: [[{0}]]", page.PrefixedText);

    public string TemplatesTooDeep(int limit)
        => Say("Template recursion depth limit exceeded ({0})", "Vorlagen rufen sich zu tief auf (Grenze: {0})", limit.ToString(CultureInfo.InvariantCulture));

    public string NeedsLua(string module)
        => Say("This page needs the Lua module \"{0}\", which this wiki does not run.", "Diese Seite braucht das Lua-Modul „{0}“; dieses Wiki führt keine Lua-Module aus.", module);

    public string DuplicateTitle(string old, string now) => Say(
        "<strong>Warning:</strong> Display title \"{1}\" overrides earlier display title \"{0}\".",
        "<strong>Achtung:</strong> Der Anzeigetitel „{1}“ ersetzt den früheren Anzeigetitel „{0}“.", old, now);

    public string DuplicateSortKey(string old, string now) => Say(
        "<strong>Warning:</strong> Default sort key \"{1}\" overrides earlier default sort key \"{0}\".",
        "<strong>Achtung:</strong> Der Sortierschlüssel „{1}“ ersetzt den früheren Schlüssel „{0}“.", old, now);

    public string PathTooDeep(string path) => Say(
        "Error: Invalid depth in path: &quot;{0}&quot; (tried to access a node above the root node).",
        "Fehler: Der Pfad „{0}“ führt über die oberste Seite hinaus.", path);

    public string StringTooLong(int limit)
        => Say("Error: String exceeds {0} character limit.", "Fehler: Die Zeichenkette ist länger als {0} Zeichen.", limit.ToString("N0", _german ? CultureInfo.GetCultureInfo("de") : CultureInfo.InvariantCulture));

    /// <summary>A box that says what is wrong.</summary>
    public static string Error(string sentence) => $"<span class=\"error\">{sentence}</span>";

    /// <summary>A box as parser functions write it; #iferror knows both.</summary>
    public static string Strong(string sentence) => $"<strong class=\"error\">{sentence}</strong>";

    private string Say(string english, string german, params ReadOnlySpan<string> values)
    {
        var text = _german ? german : english;
        for (var i = 0; i < values.Length; i++)
        {
            text = text.Replace($"{{{i}}}", values[i], StringComparison.Ordinal);
        }

        return text;
    }
}
