namespace Plenum.Wikitext.Site;

/// <summary>One namespace of a wiki. Even ids hold subject pages, the odd id above is its talk namespace; negative ids hold no pages.</summary>
/// <param name="Id">MediaWiki's number: 0 main, 1 talk, 2 user, 4 project, 6 file, 8 message, 10 template, 12 help, 14 category, -1 special, -2 media.</param>
/// <param name="Name">Name in the wiki's language, with blanks ("Benutzer Diskussion"); empty for the main namespace.</param>
/// <param name="CanonicalName">English name ("User talk"), understood in every wiki; empty for the main namespace.</param>
public sealed record WikiNamespace(int Id, string Name, string CanonicalName)
{
    public const int Media = -2;
    public const int Special = -1;
    public const int Main = 0;
    public const int Talk = 1;
    public const int User = 2;
    public const int UserTalk = 3;
    public const int Project = 4;
    public const int File = 6;
    public const int Message = 8;
    public const int Template = 10;
    public const int Help = 12;
    public const int Category = 14;

    /// <summary>Further names that lead here ("Bild", "Image"). Compared without case, blanks equal underscores.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>True if "foo" and "Foo" are two pages. False (the default) makes the first letter a capital.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>True if a slash in a title makes a subpage (relative links, SUBPAGENAME).</summary>
    public bool HasSubpages { get; init; }

    /// <summary>True if its pages count as articles.</summary>
    public bool IsContent { get; init; }

    public bool IsTalk => Id > 0 && (Id & 1) == 1;

    /// <summary>True if a talk page belongs to each page here; false only for the negative ids.</summary>
    public bool HasTalk => Id >= 0;
}
