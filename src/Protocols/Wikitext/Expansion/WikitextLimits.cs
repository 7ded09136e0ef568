namespace Plenum.Wikitext.Expansion;

/// <summary>
/// What one page may cost. Every figure is counted before memory is taken. What would pass a limit leaves an error box in its
/// place and the rest of the page renders.
/// </summary>
public sealed record WikitextLimits
{
    /// <summary>Templates within templates (MediaWiki's old default).</summary>
    public int MaxDepth { get; init; } = 40;

    /// <summary>Calls, arguments, headings and tags visited while expanding.</summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>UTF-16 units that all inclusions and the page itself may have together ($wgMaxArticleSize is 2 MB too).</summary>
    public int MaxExpandedLength { get; init; } = 2 * 1024 * 1024;

    /// <summary>UTF-16 units of all template arguments together, counted at every level.</summary>
    public int MaxArgumentLength { get; init; } = 2 * 1024 * 1024;

    /// <summary>Calls that ask the database: #ifexist, PAGESINCATEGORY and their like.</summary>
    public int MaxExpensiveCalls { get; init; } = 100;

    /// <summary>Time from the first call on, read from the site's clock.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(2);

    public static WikitextLimits Default { get; } = new();
}
