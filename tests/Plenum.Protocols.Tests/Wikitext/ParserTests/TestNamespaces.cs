using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>Namespaces of the tests' wiki; names of some languages beside those the library knows.</summary>
internal static class TestNamespaces
{
    private const string Project = "TestWiki";

    private static readonly Dictionary<string, string> Local = new()
    {
        ["fr"] = "2=Utilisateur,3=Discussion utilisateur,6=Fichier,10=Modèle,14=Catégorie,-1=Spécial,1=Discussion",
        ["es"] = "2=Usuario,3=Usuario discusión,6=Archivo,10=Plantilla,14=Categoría,-1=Especial,1=Discusión",
        ["is"] = "2=Notandi,3=Notandaspjall,6=Mynd,10=Snið,14=Flokkur,-1=Kerfissíða,1=Spjall",
        ["tr"] = "2=Kullanıcı,6=Dosya,10=Şablon,14=Kategori,-1=Özel",
        ["ja"] = "2=利用者,6=ファイル,10=Template,14=カテゴリ,-1=特別",
        ["nl"] = "2=Gebruiker,6=Bestand,10=Sjabloon,14=Categorie,-1=Speciaal",
        ["ar"] = "2=مستخدم,6=ملف,10=قالب,14=تصنيف,-1=خاص",
        ["fa"] = "2=کاربر,6=پرونده,10=الگو,14=رده,-1=ویژه",
        ["ln"] = "6=Fichier,14=Catégorie",
    };

    public static NamespaceTable Create(string language, bool hasSubpages)
    {
        var standard = NamespaceTable.Standard(language, Project).All.ToDictionary(n => n.Id);
        if (Local.TryGetValue(language, out var names))
        {
            foreach (var entry in names.Split(','))
            {
                var (id, name) = (int.Parse(entry.AsSpan(0, entry.IndexOf('=')), System.Globalization.CultureInfo.InvariantCulture), entry[(entry.IndexOf('=') + 1)..]);
                standard[id] = standard[id] with { Name = name };
            }
        }

        standard[100] = new(100, "MemoryAlpha", "MemoryAlpha");
        standard[101] = new(101, "MemoryAlpha talk", "MemoryAlpha talk");
        return new(standard.Values.Select(n => n with { HasSubpages = hasSubpages }));
    }
}

/// <summary>The interwiki prefixes of the tests.</summary>
internal static class TestInterwikis
{
    public static InterwikiTable Create(ParserTestCase test)
    {
        List<Interwiki> all =
        [
            new("local", "http://doesnt.matter.org/$1") { IsThisWiki = true },
            new("wikipedia", "http://en.wikipedia.org/wiki/$1"),
            new("meatball", "http://www.usemod.com/cgi-bin/mb.pl?$1"),
            new("memoryalpha", "http://www.memory-alpha.org/en/index.php/$1"),
            Language("zh", "http://zh.wikipedia.org/wiki/$1", "中文"),
            Language("es", "http://es.wikipedia.org/wiki/$1", "español"),
            Language("fr", "http://fr.wikipedia.org/wiki/$1", "français"),
            Language("ru", "http://ru.wikipedia.org/wiki/$1", "русский"),
            Language("mi", "http://example.com/wiki/$1", "Māori") with { IsThisWiki = true },
            Language("mul", "http://wikisource.org/wiki/$1", "Multilingual"),
            Language("en", "//en.wikipedia.org/wiki/$1", "English"),
            new("stats", "https://stats.wikimedia.org/$1") { IsTrusted = true },
            new("gerrit", "https://gerrit.wikimedia.org/$1") { IsTrusted = true },
            new("wikinvest", "https://meta.wikimedia.org/wiki/Interwiki_map/discontinued#Wikinvest") { IsTrusted = true },
            new("project", "http://example.org/wiki/$1") { IsTrusted = true },
        ];
        if (test.Options.Has("pmid-interwiki"))
        {
            all.Add(new("pmid", "//www.ncbi.nlm.nih.gov/pubmed/$1?dopt=Abstract"));
        }

        return new(all);
    }

    private static Interwiki Language(string code, string url, string name) => new(code, url) { IsTrusted = true, LanguageCode = code, LanguageName = name };
}
