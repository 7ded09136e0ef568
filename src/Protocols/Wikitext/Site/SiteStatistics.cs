namespace Plenum.Wikitext.Site;

/// <summary>Counts shown by NUMBEROFPAGES and its kin.</summary>
public sealed record SiteStatistics
{
    /// <summary>All pages.</summary>
    public long Pages { get; init; }

    /// <summary>Pages in content namespaces that are no redirects.</summary>
    public long Articles { get; init; }

    public long Files { get; init; }

    public long Edits { get; init; }

    public long Users { get; init; }

    /// <summary>Users with an action in the last thirty days.</summary>
    public long ActiveUsers { get; init; }

    public long Administrators { get; init; }
}
