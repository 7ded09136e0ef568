namespace Plenum.Ui;

/// <summary>One row of figures; null is a gap.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);

public enum ChartKind
{
    /// <summary>Amounts of things: one bar per label and series.</summary>
    Bars,

    /// <summary>Change over time: one line per series.</summary>
    Lines,
}
