using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>The words the renderer adds to a page, in English and German; a wiki may replace them by messages of the same keys as MediaWiki's.</summary>
internal sealed class PageTexts(IWikiSite site, string language)
{
    private static readonly Dictionary<string, (string English, string German)> Words = new()
    {
        ["toc"] = ("Contents", "Inhaltsverzeichnis"),
        ["red-link-title"] = ("$1 (page does not exist)", "$1 (Seite nicht vorhanden)"),
        ["editsection"] = ("edit", "Bearbeiten"),
        ["editsectionhint"] = ("Edit section: $1", "Abschnitt bearbeiten: $1"),
        ["thumbnail_error"] = ("Error creating thumbnail: $1", "Fehler beim Erstellen des Vorschaubildes: $1"),
        ["cite_references_link_one"] = ("Jump up", "Hochspringen"),
        ["cite_error_no_text"] = ("Cite error: There is no text for the reference “$1”.", "Einzelnachweisfehler: Für den Einzelnachweis „$1“ fehlt der Text."),
        ["cite_error_no_input"] = ("Cite error: A reference needs a text or a name.", "Einzelnachweisfehler: Ein Einzelnachweis braucht einen Text oder einen Namen."),
        ["cite_error_numeric_name"] = ("Cite error: The name of a reference must not be a number.", "Einzelnachweisfehler: Der Name eines Einzelnachweises darf keine Zahl sein."),
        ["cite_error_duplicate"] = ("Cite error: The reference “$1” is defined twice with different texts.", "Einzelnachweisfehler: Der Einzelnachweis „$1“ ist mehrfach mit verschiedenen Texten definiert."),
        ["cite_error_unused"] = ("Cite error: The reference “$1” is defined in the list but not used above.", "Einzelnachweisfehler: Der Einzelnachweis „$1“ ist in der Liste definiert, wird aber nicht verwendet."),
        ["cite_error_included_ref"] = ("Cite error: The end of a reference is missing before the next one.", "Einzelnachweisfehler: Vor dem nächsten Einzelnachweis fehlt das Ende des vorigen."),
        ["cite_error_unknown_key"] = ("Cite error: A reference takes only name, group, follow, dir and details.", "Einzelnachweisfehler: Ein Einzelnachweis kennt nur name, group, follow, dir und details."),
        ["limit_depth"] = ("Tags are nested too deeply.", "Tags sind zu tief geschachtelt."),
        ["limit_size"] = ("The page is too large to be shown in full.", "Die Seite ist zu groß, um vollständig gezeigt zu werden."),
        ["invalid-indicator-name"] = ("Error: Page status indicators need a name attribute that is not empty.", "Fehler: Statusindikatoren brauchen ein nichtleeres Attribut name."),
        ["rawhtml-notallowed"] = ("<html> tags cannot be used here.", "HTML-Tags können hier nicht verwendet werden."),
    };

    /// <summary>The text of a key with its placeholder $1 filled.</summary>
    public string this[string key, string value = ""]
    {
        get
        {
            var text = site.FindMessage(key, language)
                ?? (Words.TryGetValue(key, out var words) ? language.StartsWith("de", StringComparison.Ordinal) ? words.German : words.English : $"⧼{key}⧽");
            return text.Replace("$1", value, StringComparison.Ordinal);
        }
    }
}
