namespace Plenum.Kernel.Demo;

/// <summary>Names and texts of the demo party. The people are invented; the districts are real places.</summary>
internal static class DemoTexts
{
    public const string Federation = """
        Die **Demokratie-Partei** gibt es nur in dieser Vorführung. Sie zeigt, wie eine Organisation mit Landesverbänden,
        Kreisverbänden und Arbeitsgruppen in einem einzigen System arbeitet.
        """;

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
