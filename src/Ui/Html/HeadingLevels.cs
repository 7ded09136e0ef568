namespace Plenum.Ui.Html;

/// <summary>Levels for the headings of someone's text: the outline of the page gets no gap, whichever levels the author chose.</summary>
/// <param name="top">Level of the highest heading, 2 to 6.</param>
internal sealed class HeadingLevels(int top)
{
    private readonly Stack<int> _above = [];

    /// <param name="written">The level as written, 1 to 6.</param>
    public int Of(int written)
    {
        while (_above.TryPeek(out var above) && above >= written)
        {
            _above.Pop();
        }

        _above.Push(written);
        return Math.Min(top + _above.Count - 1, 6);
    }
}
