namespace Plenum.Wikitext.Site;

/// <summary>What a wiki knows about a page that exists.</summary>
public sealed record PageFacts
{
    public long Id { get; init; }

    /// <summary>Length of the page's text in octets of UTF-8.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Where the page leads if it is a redirect; else null.</summary>
    public PageTitle? RedirectTarget { get; init; }

    public long RevisionId { get; init; }

    /// <summary>When the shown revision was saved; null for a page being written.</summary>
    public DateTimeOffset? RevisedAt { get; init; }

    public string RevisionUser { get; init; } = "";

    /// <summary>Who may do something, by action ("edit", "move"): the level's name; absent means everyone.</summary>
    public IReadOnlyDictionary<string, string> Protection { get; init; } = new Dictionary<string, string>();
}
