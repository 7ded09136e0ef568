namespace Plenum.Wikitext.Functions;

/// <summary>What a magic word may be used as.</summary>
[Flags]
internal enum WordUse
{
    /// <summary><c>{{WORD}}</c></summary>
    Variable = 1,

    /// <summary><c>{{word:argument}}</c></summary>
    Function = 2,

    /// <summary><c>{{#word:argument}}</c></summary>
    HashFunction = 4,

    /// <summary><c>{{#word}}</c></summary>
    HashVariable = 64,

    /// <summary><c>{{word:Template}}</c></summary>
    Prefix = 8,

    /// <summary>An argument of some function.</summary>
    Option = 16,

    /// <summary><c>__WORD__</c>; the id is the name of the switch.</summary>
    Switch = 32,
}

/// <summary>One magic word: its names in English and German, parted by blanks.</summary>
internal readonly record struct Word(string Id, WordUse Use, bool IsCaseSensitive, string English, string German)
{
    public string[] Names(bool german) => (german ? $"{German} {English}" : English).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The vocabulary. Names are those of MediaWiki 1.39 and its ParserFunctions, because pages are full of them.</summary>
internal static class WordTable
{
    private const WordUse Both = WordUse.Variable | WordUse.Function;

    public static IReadOnlyList<Word> Words { get; } =
    [
        Exact("!", WordUse.Variable, "!"),
        Exact("=", WordUse.Variable, "="),

        // Names of pages.
        Exact("pagename", Both, "PAGENAME", "SEITENNAME"),
        Exact("pagenamee", Both, "PAGENAMEE", "SEITENNAME_URL"),
        Exact("fullpagename", Both, "FULLPAGENAME", "VOLLER_SEITENNAME"),
        Exact("fullpagenamee", Both, "FULLPAGENAMEE", "VOLLER_SEITENNAME_URL"),
        Exact("basepagename", Both, "BASEPAGENAME", "OBERSEITE"),
        Exact("basepagenamee", Both, "BASEPAGENAMEE", "OBERSEITE_URL"),
        Exact("rootpagename", Both, "ROOTPAGENAME", "STAMMSEITE"),
        Exact("rootpagenamee", Both, "ROOTPAGENAMEE", "STAMMSEITE_URL"),
        Exact("subpagename", Both, "SUBPAGENAME", "UNTERSEITE"),
        Exact("subpagenamee", Both, "SUBPAGENAMEE", "UNTERSEITE_URL"),
        Exact("talkpagename", Both, "TALKPAGENAME", "DISKUSSIONSSEITE DISK"),
        Exact("talkpagenamee", Both, "TALKPAGENAMEE", "DISKUSSIONSSEITE_URL DISK_URL"),
        Exact("subjectpagename", Both, "SUBJECTPAGENAME ARTICLEPAGENAME", "HAUPTSEITENNAME VORDERSEITE HAUPTSEITE"),
        Exact("subjectpagenamee", Both, "SUBJECTPAGENAMEE ARTICLEPAGENAMEE", "HAUPTSEITENNAME_URL VORDERSEITE_URL HAUPTSEITE_URL"),
        Exact("namespace", Both, "NAMESPACE", "NAMENSRAUM"),
        Exact("namespacee", Both, "NAMESPACEE", "NAMENSRAUM_URL"),
        Exact("namespacenumber", Both, "NAMESPACENUMBER", "NAMENSRAUMNUMMER"),
        Exact("talkspace", Both, "TALKSPACE", "DISKUSSIONSNAMENSRAUM DISK_NR"),
        Exact("talkspacee", Both, "TALKSPACEE", "DISKUSSIONSNAMENSRAUM_URL DISK_NR_URL"),
        Exact("subjectspace", Both, "SUBJECTSPACE ARTICLESPACE", "HAUPTNAMENSRAUM"),
        Exact("subjectspacee", Both, "SUBJECTSPACEE ARTICLESPACEE", "HAUPTNAMENSRAUM_URL"),

        // Facts of pages.
        Folded("pageid", Both, "PAGEID", "SEITENID SEITENKENNUNG"),
        Exact("pagesize", WordUse.Function, "PAGESIZE", "SEITENGRÖSSE"),
        Exact("protectionlevel", WordUse.Function, "PROTECTIONLEVEL", "SCHUTZSTATUS"),
        Exact("protectionexpiry", WordUse.Function, "PROTECTIONEXPIRY"),
        Exact("cascadingsources", Both, "CASCADINGSOURCES", "KASKADENQUELLEN"),
        Exact("revisionid", Both, "REVISIONID", "REVISIONSID VERSIONSID"),
        Exact("revisionday", Both, "REVISIONDAY", "REVISIONSTAG VERSIONSTAG"),
        Exact("revisionday2", Both, "REVISIONDAY2", "REVISIONSTAG2 VERSIONSTAG2"),
        Exact("revisionmonth", Both, "REVISIONMONTH", "REVISIONSMONAT VERSIONSMONAT"),
        Exact("revisionmonth1", Both, "REVISIONMONTH1", "REVISIONSMONAT1 VERSIONSMONAT1"),
        Exact("revisionyear", Both, "REVISIONYEAR", "REVISIONSJAHR VERSIONSJAHR"),
        Exact("revisiontimestamp", Both, "REVISIONTIMESTAMP", "REVISIONSZEITSTEMPEL VERSIONSZEITSTEMPEL"),
        Exact("revisionuser", Both, "REVISIONUSER", "REVISIONSBENUTZER VERSIONSBENUTZER"),
        Exact("revisionsize", WordUse.Variable, "REVISIONSIZE", "VERSIONSGRÖSSE"),

        // The moment.
        Exact("currentyear", WordUse.Variable, "CURRENTYEAR", "JETZIGES_JAHR"),
        Exact("currentmonth", WordUse.Variable, "CURRENTMONTH CURRENTMONTH2", "JETZIGER_MONAT JETZIGER_MONAT_2"),
        Exact("currentmonth1", WordUse.Variable, "CURRENTMONTH1", "JETZIGER_MONAT_1"),
        Exact("currentmonthname", WordUse.Variable, "CURRENTMONTHNAME", "JETZIGER_MONATSNAME"),
        Exact("currentmonthnamegen", WordUse.Variable, "CURRENTMONTHNAMEGEN", "JETZIGER_MONATSNAME_GENITIV JETZIGER_MONATSNAME_GEN"),
        Exact("currentmonthabbrev", WordUse.Variable, "CURRENTMONTHABBREV", "JETZIGER_MONATSNAME_KURZ"),
        Exact("currentday", WordUse.Variable, "CURRENTDAY", "JETZIGER_KALENDERTAG JETZIGER_TAG"),
        Exact("currentday2", WordUse.Variable, "CURRENTDAY2", "JETZIGER_KALENDERTAG_2 JETZIGER_TAG_2"),
        Exact("currentdow", WordUse.Variable, "CURRENTDOW", "JETZIGER_WOCHENTAG_ZAHL"),
        Exact("currentdayname", WordUse.Variable, "CURRENTDAYNAME", "JETZIGER_WOCHENTAG"),
        Exact("currenttime", WordUse.Variable, "CURRENTTIME", "JETZIGE_UHRZEIT"),
        Exact("currenthour", WordUse.Variable, "CURRENTHOUR", "JETZIGE_STUNDE"),
        Exact("currentweek", WordUse.Variable, "CURRENTWEEK", "JETZIGE_KALENDERWOCHE JETZIGE_WOCHE"),
        Exact("currenttimestamp", WordUse.Variable, "CURRENTTIMESTAMP", "JETZIGER_ZEITSTEMPEL"),
        Exact("localyear", WordUse.Variable, "LOCALYEAR", "LOKALES_JAHR"),
        Exact("localmonth", WordUse.Variable, "LOCALMONTH LOCALMONTH2", "LOKALER_MONAT LOKALER_MONAT_2"),
        Exact("localmonth1", WordUse.Variable, "LOCALMONTH1", "LOKALER_MONAT_1"),
        Exact("localmonthname", WordUse.Variable, "LOCALMONTHNAME", "LOKALER_MONATSNAME"),
        Exact("localmonthnamegen", WordUse.Variable, "LOCALMONTHNAMEGEN", "LOKALER_MONATSNAME_GENITIV LOKALER_MONATSNAME_GEN"),
        Exact("localmonthabbrev", WordUse.Variable, "LOCALMONTHABBREV", "LOKALER_MONATSNAME_KURZ"),
        Exact("localday", WordUse.Variable, "LOCALDAY", "LOKALER_KALENDERTAG LOKALER_TAG"),
        Exact("localday2", WordUse.Variable, "LOCALDAY2", "LOKALER_KALENDERTAG_2 LOKALER_TAG_2"),
        Exact("localdow", WordUse.Variable, "LOCALDOW", "LOKALER_WOCHENTAG_ZAHL"),
        Exact("localdayname", WordUse.Variable, "LOCALDAYNAME", "LOKALER_WOCHENTAG"),
        Exact("localtime", WordUse.Variable, "LOCALTIME", "LOKALE_UHRZEIT"),
        Exact("localhour", WordUse.Variable, "LOCALHOUR", "LOKALE_STUNDE"),
        Exact("localweek", WordUse.Variable, "LOCALWEEK", "LOKALE_KALENDERWOCHE LOKALE_WOCHE"),
        Exact("localtimestamp", WordUse.Variable, "LOCALTIMESTAMP", "LOKALER_ZEITSTEMPEL"),

        // The wiki.
        Exact("sitename", WordUse.Variable, "SITENAME", "PROJEKTNAME"),
        Folded("server", WordUse.Variable, "SERVER"),
        Folded("servername", WordUse.Variable, "SERVERNAME"),
        Folded("scriptpath", WordUse.Variable, "SCRIPTPATH", "SKRIPTPFAD"),
        Folded("stylepath", WordUse.Variable, "STYLEPATH", "STILPFAD STYLEPFAD"),
        Folded("articlepath", WordUse.Variable, "ARTICLEPATH", "ARTIKELPFAD"),
        Exact("currentversion", WordUse.Variable, "CURRENTVERSION", "JETZIGE_VERSION"),
        Exact("contentlanguage", WordUse.Variable, "CONTENTLANGUAGE CONTENTLANG", "INHALTSSPRACHE"),
        Exact("pagelanguage", WordUse.Variable, "PAGELANGUAGE"),
        Exact("userlanguage", WordUse.Variable, "USERLANGUAGE"),
        Exact("directionmark", WordUse.Variable, "DIRECTIONMARK DIRMARK", "TEXTAUSRICHTUNG"),
        Exact("numberofpages", Both, "NUMBEROFPAGES", "SEITENANZAHL"),
        Exact("numberofarticles", Both, "NUMBEROFARTICLES", "ARTIKELANZAHL"),
        Exact("numberoffiles", Both, "NUMBEROFFILES", "DATEIANZAHL"),
        Exact("numberofedits", Both, "NUMBEROFEDITS", "BEARBEITUNGSANZAHL"),
        Exact("numberofusers", Both, "NUMBEROFUSERS", "BENUTZERANZAHL"),
        Exact("numberofactiveusers", Both, "NUMBEROFACTIVEUSERS", "AKTIVE_BENUTZER"),
        Exact("numberofadmins", Both, "NUMBEROFADMINS", "ADMINANZAHL"),
        Exact("numberingroup", WordUse.Function, "NUMBERINGROUP NUMINGROUP", "BENUTZER_IN_GRUPPE"),
        Exact("pagesincategory", WordUse.Function, "PAGESINCATEGORY PAGESINCAT", "SEITEN_IN_KATEGORIE SEITEN_KAT SEITENINKAT"),
        Exact("pagesinnamespace", WordUse.Function, "PAGESINNAMESPACE PAGESINNS", "SEITEN_IM_NAMENSRAUM SEITEN_IN_NR SEITEN_NR"),
        Folded("ns", WordUse.Function, "NS", "NR"),
        Folded("nse", WordUse.Function, "NSE", "NR_URL"),
        Folded("int", WordUse.Function, "INT", "NACHRICHT"),
        Folded("language", WordUse.HashFunction | WordUse.HashVariable, "LANGUAGE", "SPRACHE"),
        Folded("dir", WordUse.HashFunction | WordUse.HashVariable, "dir"),
        Folded("bcp47", WordUse.HashFunction | WordUse.HashVariable, "bcp47"),
        Folded("contentmodel", WordUse.HashFunction | WordUse.HashVariable, "contentmodel"),
        Folded("special", WordUse.HashFunction, "special", "spezial"),
        Folded("speciale", WordUse.HashFunction, "speciale", "speziale"),

        // Text, numbers, addresses.
        Folded("lc", WordUse.Function, "LC", "KLEIN"),
        Folded("uc", WordUse.Function, "UC", "GROSS"),
        Folded("lcfirst", WordUse.Function, "LCFIRST", "INITIAL_KLEIN"),
        Folded("ucfirst", WordUse.Function, "UCFIRST", "INITIAL_GROSS"),
        Folded("padleft", WordUse.Function, "PADLEFT", "FÜLLENLINKS"),
        Folded("padright", WordUse.Function, "PADRIGHT", "FÜLLENRECHTS"),
        Folded("formatnum", WordUse.Function, "FORMATNUM", "ZAHLENFORMAT"),
        Folded("plural", WordUse.Function, "PLURAL"),
        Folded("grammar", WordUse.Function, "GRAMMAR", "GRAMMATIK"),
        Folded("gender", WordUse.Function, "GENDER", "GESCHLECHT"),
        Folded("bidi", WordUse.Function, "BIDI"),
        Folded("urlencode", WordUse.Function, "URLENCODE", "URLENKODIERT"),
        Folded("anchorencode", WordUse.Function, "ANCHORENCODE", "ANKERENKODIERT SPRUNGMARKEENKODIERT"),
        Folded("localurl", WordUse.Function, "LOCALURL", "LOKALE_URL"),
        Folded("localurle", WordUse.Function, "LOCALURLE", "LOKALE_URL_C"),
        Folded("fullurl", WordUse.Function, "FULLURL", "VOLLSTÄNDIGE_URL"),
        Folded("fullurle", WordUse.Function, "FULLURLE", "VOLLSTÄNDIGE_URL_C"),
        Folded("canonicalurl", WordUse.Function, "CANONICALURL", "KANONISCHE_URL"),
        Folded("canonicalurle", WordUse.Function, "CANONICALURLE", "KANONISCHE_URL_C"),
        Folded("filepath", WordUse.Function, "FILEPATH", "DATEIPFAD"),
        Folded("formatdate", WordUse.HashFunction, "formatdate dateformat", "DATUMSFORMAT"),
        Folded("tag", WordUse.HashFunction, "tag", "erweiterung"),
        Exact("displaytitle", WordUse.Function, "DISPLAYTITLE", "SEITENTITEL"),
        Exact("defaultsort", WordUse.Function, "DEFAULTSORT DEFAULTSORTKEY DEFAULTCATEGORYSORT", "SORTIERUNG"),

        // ParserFunctions.
        Folded("if", WordUse.HashFunction, "if"),
        Folded("ifeq", WordUse.HashFunction, "ifeq"),
        Folded("ifexist", WordUse.HashFunction, "ifexist"),
        Folded("ifexpr", WordUse.HashFunction, "ifexpr"),
        Folded("iferror", WordUse.HashFunction, "iferror"),
        Folded("switch", WordUse.HashFunction, "switch", "wechsle"),
        Folded("expr", WordUse.HashFunction, "expr"),
        Folded("time", WordUse.HashFunction, "time"),
        Folded("timel", WordUse.HashFunction, "timel"),
        Folded("rel2abs", WordUse.HashFunction, "rel2abs"),
        Folded("titleparts", WordUse.HashFunction, "titleparts"),
        Folded("len", WordUse.HashFunction, "len"),
        Folded("pos", WordUse.HashFunction, "pos"),
        Folded("rpos", WordUse.HashFunction, "rpos"),
        Folded("sub", WordUse.HashFunction, "sub"),
        Folded("count", WordUse.HashFunction, "count", "zähle"),
        Folded("replace", WordUse.HashFunction, "replace", "ersetze"),
        Folded("explode", WordUse.HashFunction, "explode"),
        Folded("urldecode", WordUse.HashFunction, "urldecode", "URLDEKODIERT"),
        Folded("invoke", WordUse.HashFunction, "invoke"),

        // Before a template's name.
        Folded("subst", WordUse.Prefix, "SUBST", "ERS"),
        Folded("safesubst", WordUse.Prefix, "SAFESUBST", "SICHER_ERS SICHERERS"),
        Folded("msg", WordUse.Prefix, "MSG"),
        Folded("msgnw", WordUse.Prefix, "MSGNW"),
        Folded("raw", WordUse.Prefix, "RAW", "ROH"),

        // Options.
        Exact("rawsuffix", WordUse.Option, "R"),
        Folded("nocommafysuffix", WordUse.Option, "NOSEP"),
        Folded("lossless", WordUse.Option, "LOSSLESS"),
        Folded("noerror", WordUse.Option, "noerror", "keinfehler"),
        Folded("noreplace", WordUse.Option, "noreplace", "keineersetzung"),
        Folded("url_path", WordUse.Option, "PATH", "PFAD"),
        Folded("url_query", WordUse.Option, "QUERY", "ABFRAGE"),
        Folded("url_wiki", WordUse.Option, "WIKI"),
        Folded("category_all", WordUse.Option, "all", "alle"),
        Folded("category_files", WordUse.Option, "files", "dateien"),
        Folded("category_pages", WordUse.Option, "pages", "seiten"),
        Folded("category_subcats", WordUse.Option, "subcats", "unterkategorien unterkats"),
        Folded("default", WordUse.Option, "#default", "#standard"),

        // Behaviour switches.
        Folded("Contents", WordUse.Switch, "__TOC__", "__INHALTSVERZEICHNIS__"),
        Folded("NoContents", WordUse.Switch, "__NOTOC__", "__KEIN_INHALTSVERZEICHNIS__ __KEININHALTSVERZEICHNIS__"),
        Folded("ForceContents", WordUse.Switch, "__FORCETOC__", "__INHALTSVERZEICHNIS_ERZWINGEN__"),
        Folded("NoSectionEdit", WordUse.Switch, "__NOEDITSECTION__", "__ABSCHNITTE_NICHT_BEARBEITEN__"),
        Folded("NoGallery", WordUse.Switch, "__NOGALLERY__", "__KEINE_GALERIE__ __KEINEGALERIE__"),
        Exact("NewSectionLink", WordUse.Switch, "__NEWSECTIONLINK__", "__NEUER_ABSCHNITTSLINK__ __PLUS_LINK__"),
        Exact("NoNewSectionLink", WordUse.Switch, "__NONEWSECTIONLINK__", "__KEIN_NEUER_ABSCHNITTSLINK__ __KEIN_PLUS_LINK__"),
        Exact("HiddenCategory", WordUse.Switch, "__HIDDENCAT__", "__VERSTECKTE_KATEGORIE__ __WARTUNGSKATEGORIE__"),
        Exact("ExpectUnusedCategory", WordUse.Switch, "__EXPECTUNUSEDCATEGORY__"),
        Exact("Index", WordUse.Switch, "__INDEX__", "__INDEXIEREN__ __INDIZIEREN__"),
        Exact("NoIndex", WordUse.Switch, "__NOINDEX__", "__NICHT_INDEXIEREN__ __KEIN_INDEX__ __NICHT_INDIZIEREN__"),
        Exact("StaticRedirect", WordUse.Switch, "__STATICREDIRECT__", "__PERMANENTE_WEITERLEITUNG__"),
        Folded("NoTitleConvert", WordUse.Switch, "__NOTITLECONVERT__ __NOTC__", "__KEINE_TITELKONVERTIERUNG__"),
        Folded("NoContentConvert", WordUse.Switch, "__NOCONTENTCONVERT__ __NOCC__", "__KEINE_INHALTSKONVERTIERUNG__"),
    ];

    /// <summary>A word whose case counts.</summary>
    private static Word Exact(string id, WordUse use, string english, string german = "") => new(id, use, true, english, german);

    /// <summary>A word that may be written in any case.</summary>
    private static Word Folded(string id, WordUse use, string english, string german = "") => new(id, use, false, english, german);
}
