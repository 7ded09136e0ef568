using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;
using Plenum.Ui;

namespace Plenum.Discussions.Web;

/// <summary>A page below /boards/SLUG: finds the board the viewer may read. Without one it shows <see cref="Missing"/>.</summary>
public abstract class BoardPage : LoadedPage
{
    [Parameter] public string Slug { get; set; } = "";

    [Inject] protected BoardDirectory Directory { get; set; } = null!;

    [Inject] protected Access Access { get; set; } = null!;

    [Inject] protected CurrentViewer Me { get; set; } = null!;

    [Inject] protected Texts T { get; set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] protected Flash Flash { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    protected Board? Board { get; private set; }

    /// <summary>The unit whose board it is.</summary>
    protected UnitNode? Unit { get; private set; }

    protected bool MayWrite { get; private set; }

    protected bool MayModerate { get; private set; }

    protected Viewer Viewer => Me.Viewer;

    protected CancellationToken Stop => Http.RequestAborted;

    protected IReadOnlyList<NamedLink> TrailToBoards => [new(T["discussions.menu.boards"], "/boards")];

    protected IReadOnlyList<NamedLink> TrailToBoard => [.. TrailToBoards, new(Board!.Title, Board.Path)];

    protected sealed override async Task LoadAsync()
    {
        Board = await Directory.FindAsync(Viewer, Slug, Stop);
        if (Board is null)
        {
            return;
        }

        Unit = (await Access.TreeAsync(Stop)).Find(Board.UnitId);
        MayModerate = await Directory.MayModerateAsync(Viewer, Board, Stop);
        MayWrite = Viewer.IsSignedIn && await Directory.MayWriteAsync(Viewer, Board, Stop);
        await LoadAsync(Board);
    }

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task LoadAsync(Board board) => Task.CompletedTask;
}
