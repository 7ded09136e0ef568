using Microsoft.AspNetCore.Components;

namespace Plenum.Ui;

/// <summary>A column of a <see cref="SortableTable{TRow}"/>: title, order key, and how a row's cell looks.</summary>
public sealed class Column<TRow> : ComponentBase
{
    [CascadingParameter] private SortableTable<TRow> Table { get; set; } = null!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Key in the address; null if one cannot sort by it.</summary>
    [Parameter] public string? Sort { get; set; }

    /// <summary>Figures stand at the end edge.</summary>
    [Parameter] public bool IsNumber { get; set; }

    /// <summary>Names the row: one column of a table.</summary>
    [Parameter] public bool IsHeader { get; set; }

    /// <summary>As narrow as its content, e.g. row actions.</summary>
    [Parameter] public bool IsTight { get; set; }

    /// <summary>The title is for screen readers only.</summary>
    [Parameter] public bool HidesTitle { get; set; }

    [Parameter, EditorRequired] public RenderFragment<TRow> ChildContent { get; set; } = null!;

    internal string? Classes => (IsNumber, IsTight) switch
    {
        (true, true) => "number fit",
        (true, _) => "number",
        (_, true) => "fit",
        _ => null,
    };

    protected override void OnInitialized() => Table.Add(this);
}
