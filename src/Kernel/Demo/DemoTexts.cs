namespace Plenum.Kernel.Demo;

/// <summary>Names and texts of the demo party. The people are invented; the districts are real places.</summary>
internal static class DemoTexts
{
    public const string Federation = """
        Wir wollen, dass Entscheidungen dort fallen, wo Menschen von ihnen betroffen sind, und dass alle nachlesen können, wie sie zustande kamen.

        **Offen.** Sitzungen, Protokolle und Haushalte stehen im Netz, bevor jemand danach fragt. Was vertraulich bleiben muss, bleibt es für eine begrenzte Zeit und mit einem Grund.

        **Beteiligt.** Wer etwas vorschlägt, bekommt eine Antwort. Anträge werden gemeinsam geschrieben, Einwände stehen neben dem Text, und abgestimmt wird, wenn alle Zeit zum Lesen hatten.

        **Vor Ort.** Kreisverbände entscheiden selbst über das, was nur sie angeht. Der Bundesverband hilft mit Werkzeug, Recht und Geld, nicht mit Anweisungen.

        Diese Partei gibt es nur in dieser Vorführung: Sie zeigt, wie ein Verband mit Ländern, Kreisen und Arbeitsgruppen in einem einzigen System arbeitet.
        """;

    public const string Court = """
        Das Bundesschiedsgericht entscheidet, wenn sich Gliederungen oder Mitglieder über die Satzung uneinig sind. Es ist unabhängig vom Vorstand; verhandelt wird schriftlich oder in Sitzungen, zu denen beide Seiten geladen werden.
        """;

    /// <summary>What a state association says of itself; {0} is the name of the state.</summary>
    public static IReadOnlyList<string> StateIntroductions { get; } =
    [
        "Der Landesverband {0} der Demokratie-Partei. Wir treffen uns an jedem zweiten Dienstag im Monat, abwechselnd am Bildschirm und reihum in den Kreisen. Gäste sind willkommen.\n\nUnsere Schwerpunkte in diesem Jahr: bezahlbarer Nahverkehr auf dem Land, Schulen mit verlässlicher Technik und eine Verwaltung, die von sich aus Auskunft gibt.",
        "Die Demokratie-Partei in {0}. Wir arbeiten an einer Landespolitik, die sich erklären lässt: Jeder Antrag beginnt mit der Frage, wem er nützt und was er kostet.\n\nDer Landesparteitag tagt zweimal im Jahr; dazwischen entscheidet der Landesvorstand in öffentlicher Sitzung, das Protokoll steht am nächsten Tag hier.",
        "Willkommen beim Landesverband {0}. Wer mitarbeiten möchte, fängt am besten mit einem Thema an: In den Runden zu Wohnen, Energie und Bildung ist immer ein Stuhl frei.\n\nFür Fragen aus den Kreisen gibt es mittwochs von 18 bis 20 Uhr eine Sprechstunde.",
        "Der Landesverband {0} unterstützt die Kreise bei Veranstaltungen, Wahlkampf und Finanzen. Beschlossen wird auf Mitgliederversammlungen; vorbereitet wird hier, für alle lesbar.\n\nNeu dabei? Einmal im Monat erklären wir an einem Abend, wie ein Antrag entsteht und wer darüber entscheidet.",
    ];

    /// <summary>What a working group says of itself, by its name.</summary>
    public static IReadOnlyDictionary<string, string> GroupIntroductions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AG Technik"] = "Die AG Technik betreibt dieses System und alles, was daran hängt. Wir sichern jede Nacht, prüfen jeden Monat eine Wiederherstellung und schreiben auf, was schiefging.\n\nMithelfen kann, wer gern genau liest: Anleitungen, Protokolle, Programme.",
        ["AG Umwelt und Klima"] = "Wir rechnen nach. Die AG sammelt Zahlen zu Wärme, Verkehr und Wasser in den Kommunen und macht daraus Anträge, die vor Ort beschlossen werden können.",
        ["AG Bildung"] = "Schulen, Hochschulen, Büchereien, Volkshochschulen: Die AG Bildung bringt Menschen zusammen, die dort arbeiten oder lernen, und schreibt mit ihnen an unserem Programm.",
        ["AG Digitale Teilhabe"] = "Beteiligung darf nicht am Gerät scheitern. Die AG prüft Werkzeuge auf Barrierefreiheit, hält Sprechstunden für alle ab, die Hilfe brauchen, und übersetzt Anträge in klare Sprache.",
    };

    /// <summary>What some people say of themselves, by sign-in name.</summary>
    public static IReadOnlyDictionary<string, string> Abouts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ada"] = "Betreibt die Technik des Verbands, tagsüber Bibliothekarin in Nürnberg. Beantwortet Fragen am liebsten dort, wo alle die Antwort lesen können.",
        ["bernd"] = "Bundesvorsitzender seit dem Frühjahr. Vorher zwölf Jahre im Betriebsrat, dort gelernt: erst zuhören, dann rechnen, dann reden.",
        ["chandra"] = "Pressesprecherin. Für Anfragen bitte die Adresse der Pressestelle nehmen, sie wird auch sonntags gelesen.",
        ["dilek"] = "Landesvorsitzende in Bayern und Moderatorin der bayerischen Liste. Lehrerin für Mathematik und Sport in München.",
        ["emil"] = "Mitglied in München, Lokführer. Schreibt meistens über Fahrpläne.",
        ["fatma"] = "Bundesschatzmeisterin. Wer eine Quittung braucht, bekommt sie; wer eine Ausgabe hat, bringt bitte eine mit.",
        ["hanna"] = "Erste Hilfe bei allem, was klemmt: Passwörter, Verteiler, Konferenzen. Keine Frage ist zu klein.",
    };

    public static IReadOnlyList<string> States { get; } =
    [
        "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg",
        "Hessen", "Mecklenburg-Vorpommern", "Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland",
        "Sachsen", "Sachsen-Anhalt", "Schleswig-Holstein", "Thüringen",
    ];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Districts { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["Bayern"] =
        [
            "Aichach-Friedberg", "Altötting", "Amberg", "Amberg-Sulzbach", "Ansbach", "Aschaffenburg", "Augsburg", "Bamberg",
            "Bayreuth", "Berchtesgadener Land", "Cham", "Coburg", "Dachau", "Deggendorf", "Dillingen an der Donau", "Dingolfing-Landau",
            "Donau-Ries", "Ebersberg", "Eichstätt", "Erding", "Erlangen", "Erlangen-Höchstadt", "Forchheim", "Freising",
            "Freyung-Grafenau", "Fürstenfeldbruck", "Fürth", "Garmisch-Partenkirchen", "Günzburg", "Haßberge", "Hof", "Ingolstadt",
            "Kaufbeuren", "Kelheim", "Kempten (Allgäu)", "Kitzingen", "Kronach", "Kulmbach", "Landsberg am Lech", "Landshut",
            "Lichtenfels", "Lindau (Bodensee)", "Main-Spessart", "Memmingen", "Miesbach", "Miltenberg", "Mühldorf am Inn", "München",
            "Neu-Ulm", "Neuburg-Schrobenhausen", "Neumarkt in der Oberpfalz", "Neustadt an der Aisch-Bad Windsheim", "Neustadt an der Waldnaab", "Nürnberg", "Nürnberger Land", "Oberallgäu",
            "Ostallgäu", "Passau", "Pfaffenhofen an der Ilm", "Regen", "Regensburg", "Rhön-Grabfeld", "Rosenheim", "Roth",
            "Rottal-Inn", "Schwabach", "Schwandorf", "Schweinfurt", "Starnberg", "Straubing", "Straubing-Bogen", "Tirschenreuth",
            "Traunstein", "Unterallgäu", "Weiden in der Oberpfalz", "Weilheim-Schongau", "Weißenburg-Gunzenhausen", "Wunsiedel im Fichtelgebirge", "Würzburg",
        ],
        ["Saarland"] =
        [
            "Merzig-Wadern", "Neunkirchen", "Regionalverband Saarbrücken", "Saarlouis", "Saarpfalz-Kreis", "St. Wendel",
        ],
    };

    public static IReadOnlyList<string> WorkingGroups { get; } = ["AG Technik", "AG Umwelt und Klima", "AG Bildung", "AG Digitale Teilhabe"];

    public static IReadOnlyList<string> FirstNames { get; } =
    [
        "Anna", "Ben", "Clara", "David", "Elif", "Finn", "Greta", "Hasan", "Ida", "Jonas",
        "Karla", "Leon", "Mina", "Noah", "Olga", "Paul", "Quirin", "Rosa", "Samuel", "Tilda",
        "Umut", "Vera", "Willi", "Xenia", "Yusuf", "Zoe", "Marta", "Emre", "Lina", "Theo",
    ];

    public static IReadOnlyList<string> LastNames { get; } =
    [
        "Albrecht", "Bauer", "Celik", "Dietrich", "Engel", "Fischer", "Graf", "Hoffmann", "Ibrahim", "Jansen",
        "Keller", "Lehmann", "Meyer", "Nowak", "Otto", "Peters", "Richter", "Schulz", "Tietz", "Ullrich",
        "Vogel", "Weber", "Yildiz", "Zimmermann", "Arnold", "Becker", "Krüger", "Lorenz", "Maurer", "Seidel",
        "Wolff",
    ];
}
