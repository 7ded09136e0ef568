namespace Plenum.Discussions.Demo;

/// <param name="Subscribers">How many accounts get it by mail, besides those named.</param>
internal sealed record DemoBoard(string Slug, string Title, string Description, int Subscribers, params IReadOnlyList<DemoThread> Threads)
{
    public bool IsAnnounceOnly { get; init; }

    public bool IsForMembers { get; init; }

    public IReadOnlyList<string> Named { get; init; } = [];

    public IReadOnlyList<string> Outside { get; init; } = [];

    public DemoPost? Held { get; init; }
}

internal sealed record DemoThread(string Subject, params IReadOnlyList<DemoPost> Posts);

/// <param name="Author">Login, or the name of someone outside who writes by mail.</param>
/// <param name="Answers">Index of the post it answers; null for the first.</param>
internal sealed record DemoPost(string Author, double HoursAgo, string Text, int? Answers = null)
{
    public string? Subject { get; init; }
}

/// <summary>What people of the demo party talk about. All of it is invented.</summary>
internal static class DemoThreads
{
    public static IReadOnlyList<DemoBoard> Boards { get; } = [Announcements(), Techtalk(), Bavaria()];

    private static DemoBoard Announcements() => new(
        "ankuendigungen", "Ankündigungen", "Termine, Beschlüsse und Aufrufe des Bundesvorstands. Zum Mitlesen für alle; schreiben kann nur, wer sie herausgibt.", 60,
        new DemoThread("Einladung zum Bundesparteitag",
            new DemoPost("bernd", 410, """
                Liebe Mitglieder,

                der Bundesparteitag findet am **14. und 15. März** in der Stadthalle Fürth statt. Beginn ist am Samstag um 10 Uhr, die Akkreditierung öffnet um 8:30 Uhr.

                Auf der Tagesordnung stehen

                1. der Rechenschaftsbericht des Vorstands,
                2. die Wahl der Schatzmeisterei,
                3. 23 Anträge, davon vier zur Satzung.

                Das Antragsbuch kommt spätestens vier Wochen vorher. Wer eine Kinderbetreuung oder Gebärdensprache braucht, meldet sich bitte bis Ende Januar bei der Geschäftsstelle.

                Bernd Brandt
                """)),
        new DemoThread("Neue Kontaktzeiten der Geschäftsstelle",
            new DemoPost("chandra", 190, """
                Ab kommender Woche ist die Geschäftsstelle montags bis donnerstags von 10 bis 16 Uhr erreichbar, freitags bis 13 Uhr.

                Presseanfragen bitte weiterhin an presse@plenum.test – dort liest auch am Wochenende jemand mit.
                """)),
        new DemoThread("Umstellung auf Plenum abgeschlossen",
            new DemoPost("chandra", 26, """
                Seit heute laufen Boards, Listen und Anmeldung über **ein** System. Wer eine unserer Listen abonniert hatte, bekommt die Mails wie bisher; die Archive stehen auf den Boards.

                Neu ist: Ein Beitrag auf einem Board geht als Mail an die Liste, und eine Mail an die Liste erscheint auf dem Board. Fragen beantwortet der Support.
                """)))
    {
        IsAnnounceOnly = true,
        Named = ["ada", "bernd", "chandra", "dilek", "emil", "fatma", "gero", "hanna"],
        Outside = ["karla.kern@example.net", "redaktion@example.net", "nachbarschaft@example.net"],
    };

    private static DemoBoard Techtalk() => new(
        "techtalk", "Techtalk", "Werkzeuge, Freie Software und alles, was bei der Parteiarbeit klemmt. Mitlesen dürfen alle, schreiben alle mit Konto.", 25,
        new DemoThread("Video-Sitzungen mit langsamer Leitung",
            new DemoPost("emil", 330, """
                Bei unserem letzten Stammtisch hatten drei Leute nur Mobilfunk. Mit Bild ging fast nichts, ohne Bild war es in Ordnung.

                Gibt es eine Einstellung, die das Bild von selbst abschaltet, wenn die Leitung nicht reicht?
                """),
            new DemoPost("ada", 328, """
                Ja: In den Raumeinstellungen *Ton zuerst* wählen. Dann wird das Bild kleiner, bevor der Ton leidet.

                Wer gar kein Bild braucht, kann sich auch per Telefon einwählen, die Nummer steht in der Einladung.
                """, 0),
            new DemoPost("Karla Kern", 320, """
                Hallo zusammen,

                > Wer gar kein Bild braucht, kann sich auch per Telefon einwählen

                das hat bei uns im Tal den Abend gerettet. Bitte die Nummer immer mit in
                die Einladung schreiben, nicht nur in den Kalender.

                Gruß
                Karla
                --{0}
                Karla Kern, Lenggries
                """.Replace("{0}", " ", StringComparison.Ordinal), 1),
            new DemoPost("emil", 318, "Danke euch beiden! Ich nehme die Telefonnummer in unsere Vorlage auf.", 2)),
        new DemoThread("Wie sichert ihr eure Passwörter?",
            new DemoPost("gero", 240, """
                Ich habe inzwischen vier Konten für die Partei und merke mir keins der Passwörter. Was nutzt ihr?

                - ein Programm auf dem Rechner
                - ein Heft in der Schublade
                - den Browser
                """),
            new DemoPost("hanna", 238, """
                Im Support empfehlen wir **Passkeys**: Handy oder Rechner bestätigt die Anmeldung, es gibt nichts zu merken und nichts abzufischen. Einrichten kann man sie unter *Anmeldung und Geräte*.

                Für alles andere ein Passwort-Manager wie KeePassXC.
                """, 0),
            new DemoPost("ada", 236, """
                Dazu noch: Für Mailprogramme gibt es **App-Passwörter**, eines für jedes Gerät. Geht ein Gerät verloren, wird nur dieses eine gesperrt.
                """, 1),
            new DemoPost("gero", 235, "Passkey ist eingerichtet, das waren keine zwei Minuten. 👍", 1),
            new DemoPost("dilek", 210, "Das Heft in der Schublade ist übrigens besser als überall dasselbe Passwort.", 0)),
        new DemoThread("Alte Laptops für die Ortsverbände",
            new DemoPost("fatma", 150, """
                Eine Kanzlei in Augsburg gibt zwölf Notebooks ab, fünf Jahre alt, 8 GB. Die Platten sind gelöscht.

                Wer hat Zeit und Lust, Linux darauf einzurichten? Abzuholen bis Monatsende.
                """),
            new DemoPost("emil", 149, "Ich nehme vier für München und richte sie beim Stammtisch am Donnerstag ein. Wer zusehen mag, ist willkommen.", 0),
            new DemoPost("Tomas Thal", 147, """
                Servus,

                wir in Rosenheim nehmen auch drei. Ich kann sie am Samstag holen.

                Welche Distribution nehmt ihr? Bei uns läuft überall Debian, das
                würden wir gern so lassen.

                Tomas
                """, 0),
            new DemoPost("emil", 146, "Debian, dieselbe wie auf den Servern. Dann gibt es nur eine Anleitung.", 2),
            new DemoPost("fatma", 120, "Prima, sieben sind vergeben, fünf noch da.", 0)),
        new DemoThread("Kalender im Handy",
            new DemoPost("dilek", 60, """
                Der Kalender des Landesverbands lässt sich als Abo ins Handy holen. So geht es:

                | Gerät | Weg |
                |---|---|
                | Android | DAVx⁵ installieren, Adresse eintragen |
                | iPhone | Einstellungen → Kalender → Account hinzufügen |
                | Thunderbird | Rechtsklick → Neuer Kalender → Im Netzwerk |

                Die Adresse steht auf der Seite des Verbands.
                """),
            new DemoPost("gero", 58, "Auf dem iPhone musste ich zweimal bestätigen, dann war alles da. Danke!", 0)),
        new DemoThread("Testlauf der neuen Listen",
            new DemoPost("ada", 20, """
                Bitte einmal von den Adressen schreiben, die ihr auch sonst benutzt, und melden, wenn etwas hängt.

                Das Board zeigt jede Mail sofort; kommt sie dort an, ist der Weg gut.
                """),
            new DemoPost("Karla Kern", 18, """
                Ankunft hier: sieben Sekunden. Antwort geht über meinen alten Anbieter.

                Karla
                """, 0),
            new DemoPost("hanna", 5, "Von der Support-Adresse: ebenfalls da. ✅", 0)))
    {
        Named = ["ada", "dilek", "emil", "fatma", "gero", "hanna"],
        Outside = ["karla.kern@example.net", "tomas.thal@example.net", "radlerstammtisch@example.net"],
        Held = new DemoPost("Frieda Falk", 3, """
            Guten Tag,

            ich bin noch kein Mitglied, wollte aber auf den Repair-Abend am 20. in
            der Stadtbücherei hinweisen. Werkzeug ist da, Kuchen auch.

            Frieda Falk
            """)
        { Subject = "Repair-Abend in der Stadtbücherei" },
    };

    private static DemoBoard Bavaria() => new(
        "bayern", "Landesverband Bayern", "Alles, was die Mitglieder in Bayern untereinander besprechen. Nur für Mitglieder des Landesverbands.", 30,
        new DemoThread("Mitgliederversammlung im April: Ort gesucht",
            new DemoPost("dilek", 290, """
                Wir brauchen für den 18. April einen Saal für etwa 80 Leute, barrierefrei, mit Bahn erreichbar und bezahlbar.

                Vorschläge bitte hier. Bisher auf der Liste:

                - Kulturhaus Ingolstadt (450 €)
                - Gemeindesaal Nürnberg-Süd (frei, aber ohne Aufzug)
                """),
            new DemoPost("emil", 288, "In Landshut hat die Stadthalle einen kleinen Saal für 300 €. Aufzug ist da, vom Bahnhof zehn Minuten zu Fuß.", 0),
            new DemoPost("fatma", 280, """
                300 € passen in den Haushalt, 450 € nur, wenn wir auf die Übertragung verzichten.

                Ich frage Landshut nach einer Option bis Monatsende.
                """, 1),
            new DemoPost("dilek", 262, "Landshut ist reserviert. Danke, Emil!", 2)),
        new DemoThread("Radweg an der Uferstraße",
            new DemoPost("emil", 100, """
                Der Bezirksausschuss will den Radweg zwischen Brücke und Schule verschieben, damit Parkplätze bleiben. Die Anwohner haben sich im Herbst für die Uferseite ausgesprochen.

                > Die Verwaltung prüft beide Varianten ergebnisoffen.

                So steht es im Protokoll. Ich würde gern eine Stellungnahme einreichen – wer hilft beim Text?
                """),
            new DemoPost("ada", 97, "Ich habe die Zählung vom Oktober: 1.240 Räder am Tag, davon ein Drittel Schulkinder. Schicke ich dir.", 0),
            new DemoPost("fatma", 90, "Wichtig wäre, die Kosten daneben zu stellen. Die Uferseite ist billiger, weil der Kanal nicht verlegt werden muss.", 0),
            new DemoPost("emil", 70, "Entwurf liegt im Wiki. Anmerkungen bitte bis Freitag, dann geht er raus.", 0)),
        new DemoThread("Infostand am Samstag",
            new DemoPost("dilek", 30, "Samstag, 10 bis 14 Uhr, Marienplatz. Wer bringt den Schirm mit?"),
            new DemoPost("emil", 29, "Ich. Und Flyer sind noch zwei Kartons da.", 0)))
    {
        IsForMembers = true,
        Named = ["ada", "dilek", "emil", "fatma"],
        Outside = ["kreisbuero.bayern@example.net", "landtag@example.net"],
    };
}
