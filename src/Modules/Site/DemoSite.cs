using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Organisation;
using Plenum.Site.Domain;

namespace Plenum.Site;

/// <summary>Legal texts of the demo party. They say that it is invented, and are true of this program otherwise.</summary>
internal sealed class DemoSite(PlenumDb db, TimeProvider clock) : IDemoSeed
{
    private const string Imprint = """
        **Demokratie-Partei (Vorführung)**
        Am Plenum 1
        10000 Musterstadt

        Vertreten durch den Bundesvorsitzenden Bernd Brandt.

        E-Mail: info@plenum.test

        Verantwortlich für den Inhalt: Chandra Cramer, Pressestelle, Anschrift wie oben.

        Diese Partei gibt es nicht. Organisation, Menschen und Texte sind für die Vorführung erfunden; die Namen der Länder und Kreise sind echt.
        """;

    private const string Privacy = """
        ## Lesen ohne Spuren

        Wer hier liest, ohne sich anzumelden, bekommt kein Cookie. Schriften, Bilder und Programme kommen von diesem Server; keine fremde Stelle erfährt, welche Seite gelesen wurde. Eine Statistik über einzelne Menschen gibt es nicht.

        ## Anmelden

        Bei der Anmeldung werden zwei Cookies gesetzt. Das eine sagt dem Server, zu welchem Konto der Browser gehört, und gilt höchstens 30 Tage. Das andere merkt sich 180 Tage lang, dass dieser Browser bekannt ist: So sperrt niemand Fremdes ein Konto, indem er am Passwort rät. Zum Schutz des Kontos werden Anmeldungen mit Zeit, Internetadresse und Browser 90 Tage lang aufgehoben; die Liste steht unter „Anmeldung und Geräte“.

        ## Konto und Beiträge

        Im Konto stehen Anmeldename, Name, E-Mail-Adresse und die eigenen Einstellungen. Beiträge erscheinen unter dem Namen, der im Profil steht. Wer das Profil sieht, bestimmt jede und jeder selbst. Mitgliedschaften werden niemandem gezeigt.

        ## Rechte

        Auskunft, Berichtigung, Löschung und Übertragung der eigenen Daten: eine Mail an info@plenum.test genügt. Beschwerden nimmt die Datenschutzaufsicht des Landes entgegen.
        """;

    private const string Accessibility = """
        Diese Seiten sollen alle benutzen können: mit Tastatur, mit Vorleseprogramm, stark vergrößert, mit hohem Kontrast, auf Papier und ohne JavaScript. Maßstab ist WCAG 2.2, Stufe AA; jede Seite wird bei jeder Änderung automatisch geprüft.

        ## Was noch fehlt

        Texte in Leichter Sprache und Videos in Deutscher Gebärdensprache gibt es noch nicht.

        ## Etwas geht nicht?

        Eine Mail an info@plenum.test mit der Adresse der Seite und ein paar Worten genügt.
        """;

    public int Order => 210;

    public async Task SeedAsync(CancellationToken cancellation)
    {
        var root = await db.Set<OrgUnit>().Where(u => u.ParentId == null).Select(u => u.Id).SingleAsync(cancellation);
        if (await db.Set<LegalText>().AnyAsync(cancellation))
        {
            return;
        }

        foreach (var (kind, text) in ((LegalKind, string)[])[(LegalKind.Imprint, Imprint), (LegalKind.Privacy, Privacy), (LegalKind.Accessibility, Accessibility)])
        {
            var legal = new LegalText(root, kind);
            legal.Write(text, null, clock.GetUtcNow().UtcDateTime);
            db.Add(legal);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
