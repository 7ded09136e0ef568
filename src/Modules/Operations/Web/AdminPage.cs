using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plenum.Kernel;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;
using Plenum.Ui;

namespace Plenum.Operations.Web;

/// <summary>What every page of the administration needs: who looks, what one may, and how a form ends.</summary>
public abstract class AdminPage : LoadedPage
{
    [Inject] protected Access Access { get; set; } = null!;

    [Inject] protected CurrentViewer Me { get; set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] protected Flash Flash { get; set; } = null!;

    [Inject] protected Visit Visit { get; set; } = null!;

    [Inject] protected Texts T { get; set; } = null!;

    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    protected Viewer Viewer => Me.Viewer;

    protected CancellationToken Stop => Http.RequestAborted;

    /// <summary>The rule the last form broke.</summary>
    protected RuleException? Refusal { get; private set; }

    protected static IReadOnlyList<NamedLink> Trail(Texts texts, params NamedLink[] more)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [new(texts["admin.title"], "/admin"), .. more];
    }

    /// <summary>The unit the address names by its path (?unit=bayern); the root without one.</summary>
    /// <returns>Null if there is none: the page answers 404.</returns>
    protected async Task<UnitNode?> UnitAsync()
    {
        var path = Http.Request.Query["unit"].ToString().Trim('/');
        var unit = (await Access.TreeAsync(Stop)).Find(path);
        if (unit is null)
        {
            Navigation.NotFound();
        }

        return unit;
    }

    /// <summary>Carries out what a form asks for: redirects with a message, or keeps the page and its input and shows what is wrong.</summary>
    protected async Task DoAsync(Func<Task> step, string back, string doneKey, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            await step();
        }
        catch (RuleException broken)
        {
            Refusal = broken;
            return;
        }

        Navigation.NavigateTo(Flash.To(back, Tone.Good, doneKey, args));
    }

    /// <summary>The same for a button without fields of its own: what is wrong is said on the page one comes back to.</summary>
    protected async Task PressAsync(Func<Task> step, string back, string doneKey, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            await step();
        }
        catch (RuleException broken)
        {
            Navigation.NavigateTo(Flash.To(back, Tone.Bad, broken.Key, [.. broken.Args.Select(a => a?.ToString() ?? "")]));
            return;
        }

        Navigation.NavigateTo(Flash.To(back, Tone.Good, doneKey, args));
    }

    /// <summary>A day in the reader's zone, for terms and grants: "27.05.2026".</summary>
    protected string Day(DateTime utc) => Visit.ToLocal(utc).ToString("d", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>"27.05.2026 – 27.05.2028"</summary>
    protected string Span(DateTime from, DateTime? until) => $"{Day(from)} – {(until is { } end ? Day(end) : T["admin.open-ended"])}";

    /// <summary>A field of the posted form.</summary>
    protected string Posted(string name) => Http.Request.HasFormContentType ? Http.Request.Form[name].ToString() : "";

    protected Guid PostedId(string name) => Guid.TryParse(Posted(name), out var id) ? id : Guid.Empty;
}
