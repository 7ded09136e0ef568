using System.Globalization;

namespace Plenum.Ui.Patterns;

/// <summary>Invented content of the pattern book: little, usual, far too much.</summary>
internal static class Samples
{
    public const string LongName = "Landesarbeitsgemeinschaft Digitale Grundrechte, Verkehrswende und Kommunalfinanzen Bayern-Süd";
    public const string LongWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    public const string RightToLeft = "محمد عبد الله الأنصاري";
    public const string Emoji = "Zoë 🌻 O’Brien-Müller 👩🏽‍🚀";

    public static bool IsGerman => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de";

    public static string Of(string german, string english) => IsGerman ? german : english;

    public static string Paragraph => Of(
        "Der Kreisverband trifft sich am ersten Dienstag im Monat. Anträge gehen bis eine Woche vorher an den Vorstand; wer nicht kommen kann, nimmt aus der Ferne teil und stimmt dort auch ab.",
        "The district meets on the first Tuesday of each month. Motions reach the board a week before; whoever cannot come takes part from afar, and votes there too.");

    public static string Text => Of(
        """
        Vorschlag für die **Tagesordnung**, bitte bis Freitag ergänzen:

        1. Begrüßung und Formalia
        2. Bericht aus dem Stadtrat ([Unterlagen](/files/1))
        3. Antrag *Radweg an der Uferstraße*

        > Wer schreibt das Protokoll?

        Ich. Und hier die Zahlen vom letzten Mal:

        | Thema | Ja | Nein |
        |---|---:|---:|
        | Satzung | 41 | 3 |
        | Haushalt | 38 | 6 |
        """,
        """
        A proposal for the **agenda**, please add to it by Friday:

        1. Welcome and formalities
        2. Report from the city council ([papers](/files/1))
        3. Motion *Cycle path on the river road*

        > Who takes the minutes?

        I do. And here are the figures from last time:

        | Subject | Yes | No |
        |---|---:|---:|
        | Statutes | 41 | 3 |
        | Budget | 38 | 6 |
        """);

    public const string Nasty = """
        <script>alert(1)</script> [klick](javascript:alert(1)) ![fern](https://example.net/pixel.gif)

        Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft https://example.net/eine/sehr/lange/adresse/die/auf/einem/telefon/nicht/in/eine/zeile/passt?mit=vielen&worten=darin

        ```
        var breit = "eine Zeile, die weiter reicht als der Bildschirm eines Telefons und deshalb seitwärts rollt, nicht die Seite";
        ```
        """;

    public static IReadOnlyList<MemberRow> Members { get; } =
    [
        new("ada", "Ada Brandt", "München", 412, new(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc)),
        new("bernd", "Bernd Ölmann", "Augsburg", 38, new(2025, 11, 17, 18, 30, 0, DateTimeKind.Utc)),
        new("rtl", RightToLeft, "Nürnberg", 7, new(2026, 1, 4, 7, 5, 0, DateTimeKind.Utc)),
        new("long", LongName, LongWord, 1_234_567, new(2019, 7, 30, 12, 0, 0, DateTimeKind.Utc)),
        new("emoji", Emoji, "Hof", 0, new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc)),
    ];

    public static IReadOnlyList<TreeNode> Tree { get; } =
    [
        new("Demokratie-Partei", "/",
        [
            new("Bayern", "/units/bayern",
            [
                new("München", "/units/bayern/muenchen", [], Note: "Kreis", IsCurrent: true),
                new(LongName, "/units/bayern/lag", [], Note: "Arbeitsgruppe"),
                new("Oberfranken", "/units/bayern/oberfranken", [], MoreHref: "/units?open=bayern/oberfranken", Note: "214"),
            ], IsOpen: true),
            new("Hessen", "/units/hessen", [], MoreHref: "/units?open=hessen", Note: "447"),
        ], IsOpen: true),
    ];

    public sealed record MemberRow(string Login, string Name, string Unit, int Posts, DateTime Since);
}
