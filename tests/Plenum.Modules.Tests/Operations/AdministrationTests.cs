using System.Net;
using System.Text.RegularExpressions;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

/// <summary>The pages of the administration as people use them: links, forms, no script.</summary>
public sealed class AdministrationTests
{
    private static readonly string[] Pages =
    [
        "/admin", "/admin/units", "/admin/units/new?unit=bayern", "/admin/units/edit?unit=bayern", "/admin/accounts", "/admin/accounts/new", "/admin/accounts/emil",
        "/admin/offices?unit=bayern", "/admin/grants?unit=bayern", "/admin/roles", "/admin/audit", "/admin/jobs", "/admin/outbox", "/admin/health",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_operator_runs_the_house_and_others_do_not(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var ada = new Browsing(plenum.Web);
        await ada.SignInAsync("ada", "plenum-demo");
        await EveryoneSeesWhatTheyMayAsync(plenum, ada);
        await UnitsAsync(ada);
        await AccountsAsync(plenum, ada);
        await OfficesAsync(ada);
        await GrantsAsync(plenum, ada);
        await WorkAsync(ada);
        await ada.GoAsync("/admin/audit?action=units.");
        Assert.Contains("units.create", ada.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("roles.put", ada.Page, StringComparison.Ordinal);
        await ada.SubmitAsync("verify");
        Assert.Contains("Das Protokoll ist heil", ada.Page, StringComparison.Ordinal);
    }

    private static async Task EveryoneSeesWhatTheyMayAsync(PlenumProcess plenum, Browsing ada)
    {
        using var guest = new Browsing(plenum.Web);
        using var emil = new Browsing(plenum.Web);
        using var dilek = new Browsing(plenum.Web);
        await emil.SignInAsync("emil", "plenum-demo");
        await dilek.SignInAsync("dilek", "plenum-demo");
        foreach (var page in Pages)
        {
            await ada.GoAsync(page);
            Assert.True(ada.Status == HttpStatusCode.OK, $"{page}: {ada.Status}");
            await emil.GoAsync(page);
            Assert.True(emil.Status == HttpStatusCode.Forbidden, $"{page}: {emil.Status}");
            await guest.GoAsync(page);
            Assert.True(guest.Status == HttpStatusCode.Forbidden, $"{page}: {guest.Status}");
            Assert.Contains("/sign-in?back=", guest.Page, StringComparison.Ordinal);
        }

        // The chair of Bavaria has her own part of the tree, and nothing of the machine.
        foreach (var (page, status) in new (string, HttpStatusCode)[]
        {
            ("/admin", HttpStatusCode.OK), ("/admin/units/edit?unit=bayern", HttpStatusCode.OK), ("/admin/units/edit?unit=saarland", HttpStatusCode.Forbidden),
            ("/admin/offices?unit=bayern", HttpStatusCode.OK), ("/admin/jobs", HttpStatusCode.Forbidden), ("/admin/accounts", HttpStatusCode.Forbidden),
            ("/admin/units/edit?unit=nowhere", HttpStatusCode.NotFound),
        })
        {
            await dilek.GoAsync(page);
            Assert.True(dilek.Status == status, $"{page}: {dilek.Status}");
        }
    }

    private static async Task UnitsAsync(Browsing ada)
    {
        await ada.GoAsync("/admin/units/new?unit=bayern");
        await ada.SubmitAsync("create", ("Input.Name", "AG Prüfung <b>"), ("Input.Kind", "WorkingGroup"), ("Input.Slug", ""));
        Assert.Contains("AG Prüfung &lt;b&gt;", ada.Page, StringComparison.Ordinal);
        await ada.GoAsync("/admin/units/new?unit=bayern");
        await ada.SubmitAsync("create", ("Input.Name", "AG Prüfung <b>"), ("Input.Kind", "WorkingGroup"), ("Input.Slug", ""));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"AG Prüfung &lt;b&gt;\"", ada.Page, StringComparison.Ordinal); // The input is kept.

        await ada.GoAsync("/admin/units/edit?unit=bayern/ag-pruefung-b");
        await ada.SubmitAsync("rename", ("Name.Name", "AG Kontrolle"), ("Name.Slug", "ag-kontrolle"));
        await ada.GoAsync("/admin/units/edit?unit=bayern/ag-kontrolle");
        await ada.SubmitAsync("move", ("Move.Parent", "bayern/ag-kontrolle"));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal); // Not below itself.
        await ada.SubmitAsync("move", ("Move.Parent", "Saarland"));
        await ada.GoAsync("/admin/units/edit?unit=saarland/ag-kontrolle");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        await ada.SubmitAsync("describe", ("About.Kind", "WorkingGroup"), ("About.Description", "Prüft."), ("About.ContactAddress", "pruefung@example.org"), ("About.Languages", "de"), ("About.MailDomain", ""), ("About.WebDomain", "not a host!"));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal);
        await ada.SubmitAsync("close");
        Assert.Contains("AG Kontrolle", ada.Page, StringComparison.Ordinal);
        Assert.Contains("geschlossen", ada.Page, StringComparison.Ordinal);
    }

    private static async Task AccountsAsync(PlenumProcess plenum, Browsing ada)
    {
        using var gero = new Browsing(plenum.Web);
        await gero.SignInAsync("gero", "plenum-demo");
        await ada.GoAsync("/admin/accounts?q=gero");
        Assert.Contains("/admin/accounts/gero", ada.Page, StringComparison.Ordinal);
        await ada.GoAsync("/admin/accounts/gero");
        await ada.SubmitAsync("suspend");
        Assert.Contains("gesperrt", ada.Page, StringComparison.Ordinal);
        using (var again = new Browsing(plenum.Web))
        {
            await again.SignInAsync("gero", "plenum-demo");
            Assert.Equal("/sign-in", again.Address);
        }

        await ada.SubmitAsync("reinstate");
        await ada.SubmitAsync("sign-out");
        await gero.GoAsync("/account/security");
        Assert.StartsWith("/sign-in", gero.Address, StringComparison.Ordinal);
        await ada.SubmitAsync("close", ("Close.Login", "emil"));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal); // Typed another name.
        await ada.SubmitAsync("close", ("Close.Login", "gero"));
        await ada.GoAsync("/admin/accounts/gero");
        Assert.Contains("geschlossen", ada.Page, StringComparison.Ordinal);

        await ada.GoAsync("/admin/accounts/new");
        await ada.SubmitAsync("add", ("Add.Kind", "Service"), ("Add.DisplayName", "Export"), ("Add.Login", "export"), ("Add.Email", ""));
        Assert.Contains("/admin/accounts/export", ada.Page, StringComparison.Ordinal);
        await ada.GoAsync("/admin/accounts/new");
        await ada.SubmitAsync("invite", ("Invite.Email", "neu@example.net"));
        Assert.Contains("neu@example.net", ada.Page, StringComparison.Ordinal);

        // The last one who may grant stays.
        await ada.GoAsync("/admin/accounts/ada");
        await ada.SubmitAsync("close", ("Close.Login", "ada"));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal);
    }

    private static async Task OfficesAsync(Browsing ada)
    {
        await ada.GoAsync("/admin/units/new?unit=bayern"); // A unit without offices of the demo.
        await ada.SubmitAsync("create", ("Input.Name", "AG Wahlen"), ("Input.Kind", "WorkingGroup"), ("Input.Slug", ""));
        await ada.GoAsync("/admin/offices?unit=bayern/ag-wahlen");
        await ada.SubmitAsync("edit", ("Edit.Title", "Wahlleitung"), ("Edit.Mail", "wahlleitung-pruefung"), ("Edit.Order", "1"));
        Assert.Contains("wahlleitung-pruefung@plenum.test", ada.Page, StringComparison.Ordinal);
        var fill = Regex.Match(ada.Page, "href=\"([^\"]*fill=[^\"#]*)").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        await ada.GoAsync(fill);
        await ada.SubmitAsync("fill", ("Fill.Login", "nobody-here"), ("Fill.From", "2026-01-01T00:00"), ("Fill.Until", ""));
        Assert.Contains("role=\"alert\"", ada.Page, StringComparison.Ordinal);
        await ada.SubmitAsync("fill", ("Fill.Login", "hanna"), ("Fill.From", "2026-01-01T00:00"), ("Fill.Until", ""));
        Assert.Contains("Hanna Huber", ada.Page, StringComparison.Ordinal);
        await ada.SubmitAsync("end");
        Assert.DoesNotContain("im Amt</span>", ada.Page, StringComparison.Ordinal);
        await ada.SubmitAsync("abolish");
        Assert.Contains("abgeschafft", ada.Page, StringComparison.Ordinal);
    }

    private static async Task GrantsAsync(PlenumProcess plenum, Browsing ada)
    {
        await ada.GoAsync("/admin/roles");
        await ada.SubmitAsync("role", ("Input.Title", "Namensgebung"), ("Input.Permissions", "units.edit"));
        await ada.GoAsync("/admin/access?login=emil&permission=units.edit&unit=bayern");
        Assert.Contains("Nein.", ada.Page, StringComparison.Ordinal);
        await ada.GoAsync("/admin/grants?unit=bayern");
        await ada.SubmitAsync("grant", ("Input.Role", "namensgebung"), ("Input.Kind", "account"), ("Input.Login", "emil"), ("Input.Office", ""), ("Input.Until", ""));
        Assert.Contains("Emil Ebner", ada.Page, StringComparison.Ordinal);
        await ada.GoAsync("/admin/access?login=emil&permission=units.edit&unit=bayern");
        Assert.Contains("Ja.", ada.Page, StringComparison.Ordinal);
        using (var emil = new Browsing(plenum.Web))
        {
            await emil.SignInAsync("emil", "plenum-demo");
            await emil.GoAsync("/admin/units/edit?unit=bayern");
            Assert.Equal(HttpStatusCode.OK, emil.Status);
            await emil.GoAsync("/admin/units/edit?unit=bayern/muenchen");
            Assert.Equal(HttpStatusCode.Forbidden, emil.Status); // Not inherited.
        }

        await ada.GoAsync("/admin/grants?unit=bayern");
        var grant = Regex.Match(ada.Page, "Emil Ebner.*?value=\"([0-9a-f-]{36})\"", RegexOptions.Singleline).Groups[1].Value;
        await ada.SubmitAsync("revoke", ("grant", grant));
        Assert.DoesNotContain("Emil Ebner", ada.Page, StringComparison.Ordinal);
    }

    private static async Task WorkAsync(Browsing ada)
    {
        await ada.GoAsync("/admin/jobs");
        await ada.SubmitAsync("run", ("job", "blobs.sweep"));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        do
        {
            await Patience.BreatheAsync(deadline.Token);
            await ada.GoAsync("/admin/jobs/blobs.sweep");
        }
        while (!ada.Page.Contains("erledigt", StringComparison.Ordinal));

        Assert.Contains("von Hand", ada.Page, StringComparison.Ordinal);
    }
}
