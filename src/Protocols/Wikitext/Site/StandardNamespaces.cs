namespace Plenum.Wikitext.Site;

/// <summary>The sixteen standard namespaces with their English and German names.</summary>
internal static class StandardNamespaces
{
    public static IEnumerable<WikiNamespace> Create(string language, string projectName)
    {
        var german = language == "de" || language.StartsWith("de-", StringComparison.Ordinal);
        var project = projectName.Replace('_', ' ');
        WikiNamespace Space(int id, string english, string inGerman, params string[] aliases)
            => new(id, german ? inGerman : english, english)
            {
                Aliases = aliases,
                HasSubpages = id is not (WikiNamespace.Media or WikiNamespace.Special or WikiNamespace.Main or WikiNamespace.File or WikiNamespace.Category),
                IsContent = id == WikiNamespace.Main,
            };

        yield return Space(WikiNamespace.Media, "Media", "Medium");
        yield return Space(WikiNamespace.Special, "Special", "Spezial");
        yield return Space(WikiNamespace.Main, "", "");
        yield return Space(1, "Talk", "Diskussion");
        yield return Space(2, "User", "Benutzer", german ? ["Benutzerin"] : []);
        yield return Space(3, "User talk", "Benutzer Diskussion", german ? ["Benutzerin Diskussion", "BD"] : []);
        yield return new(4, project, "Project") { HasSubpages = true };
        yield return new(5, german ? project + " Diskussion" : project + " talk", "Project talk") { HasSubpages = true };
        yield return Space(6, "File", "Datei", german ? ["Bild", "Image"] : ["Image"]);
        yield return Space(7, "File talk", "Datei Diskussion", german ? ["Bild Diskussion", "Image talk"] : ["Image talk"]);
        yield return Space(8, "MediaWiki", "MediaWiki");
        yield return Space(9, "MediaWiki talk", "MediaWiki Diskussion");
        yield return Space(10, "Template", "Vorlage");
        yield return Space(11, "Template talk", "Vorlage Diskussion");
        yield return Space(12, "Help", "Hilfe");
        yield return Space(13, "Help talk", "Hilfe Diskussion");
        yield return Space(14, "Category", "Kategorie");
        yield return Space(15, "Category talk", "Kategorie Diskussion");
    }
}
