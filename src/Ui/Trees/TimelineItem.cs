namespace Plenum.Ui;

public enum TimelineState
{
    Past,
    Now,
    Ahead,
}

/// <summary>One step of a <see cref="Timeline"/>.</summary>
/// <param name="At">UTC; null where the time is open.</param>
public sealed record TimelineItem(string Title, DateTime? At, string? Text = null, string? Href = null, TimelineState State = TimelineState.Past);
