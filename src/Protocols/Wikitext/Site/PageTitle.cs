using System.Diagnostics.CodeAnalysis;

namespace Plenum.Wikitext.Site;

/// <summary>
/// A page's name as MediaWiki normalises it: namespace, text with blanks (never underscores), fragment, interwiki prefix.
/// Two titles are equal when they name the same page: the fragment does not count.
/// </summary>
public sealed class PageTitle : IEquatable<PageTitle>
{
    /// <summary>Longest page name in octets of UTF-8, namespace not counted.</summary>
    public const int MaxBytes = 255;

    /// <summary>Longest name of a special page, whose subpage carries arguments.</summary>
    public const int MaxSpecialBytes = 512;

    internal PageTitle(WikiNamespace space, string text, string fragment, string interwiki)
    {
        Namespace = space;
        Text = text;
        Fragment = fragment;
        Interwiki = interwiki;
    }

    public WikiNamespace Namespace { get; }

    /// <summary>Name without namespace, words parted by single blanks. Empty for a bare fragment or an interwiki's start page.</summary>
    public string Text { get; }

    /// <summary>What follows the first "#", with blanks; empty if there is none.</summary>
    public string Fragment { get; }

    /// <summary>Prefix of the other wiki, lower case; empty for a page here.</summary>
    public string Interwiki { get; }

    public bool IsExternal => Interwiki.Length > 0;

    /// <summary>True for <c>[[#here]]</c>: a place in the page that links.</summary>
    public bool IsBareFragment => Text.Length == 0 && Interwiki.Length == 0;

    /// <summary>The text with underscores, as it stands in addresses.</summary>
    public string Key => Text.Replace(' ', '_');

    /// <summary>Namespace and text: "Benutzer:Ada". For another wiki with its prefix: "wikipedia:Ada".</summary>
    public string PrefixedText
    {
        get
        {
            var local = Namespace.Name.Length == 0 ? Text : Namespace.Name + ":" + Text;
            return Interwiki.Length == 0 ? local : Interwiki + ":" + local;
        }
    }

    /// <summary><see cref="PrefixedText"/> with underscores.</summary>
    public string PrefixedKey => PrefixedText.Replace(' ', '_');

    /// <summary>Prefixed text and, if there is one, "#" and the fragment.</summary>
    public string FullText => Fragment.Length == 0 ? PrefixedText : PrefixedText + "#" + Fragment;

    /// <summary>Everything before the last slash where the namespace has subpages; else the whole text (BASEPAGENAME).</summary>
    public string BaseText => Namespace.HasSubpages && Text.LastIndexOf('/') is > 0 and var slash ? Text[..slash] : Text;

    /// <summary>Everything before the first slash where the namespace has subpages; else the whole text (ROOTPAGENAME).</summary>
    public string RootText => Namespace.HasSubpages && Text.IndexOf('/') is > 0 and var slash ? Text[..slash] : Text;

    /// <summary>Everything after the last slash where the namespace has subpages; else the whole text (SUBPAGENAME).</summary>
    public string SubpageText => Namespace.HasSubpages ? Text[(Text.LastIndexOf('/') + 1)..] : Text;

    public bool IsSubpage => Namespace.HasSubpages && Text.Contains('/');

    /// <summary>Reads a title as it stands in a link or a template call.</summary>
    /// <param name="text">Any text; references such as <c>&amp;amp;</c> are decoded, percent signs are not.</param>
    /// <param name="site">Namespaces, interwikis and case rules.</param>
    /// <param name="title">The normalised title.</param>
    /// <param name="defaultNamespace">Where a title without a prefix belongs (Template for template calls); null is the main namespace.</param>
    /// <returns>False if no page can have this name.</returns>
    public static bool TryParse(string? text, IWikiSite site, [NotNullWhen(true)] out PageTitle? title, WikiNamespace? defaultNamespace = null)
        => TitleReader.TryRead(text, site, defaultNamespace ?? site.Namespaces.Main, out title);

    /// <summary>Reads the target of an internal link: as <see cref="TryParse"/>, after percent escapes are decoded.</summary>
    public static bool TryParseLink(string? text, IWikiSite site, [NotNullWhen(true)] out PageTitle? title, WikiNamespace? defaultNamespace = null)
        => TryParse(PercentEncoding.DecodeInLink(text), site, out title, defaultNamespace);

    /// <summary>Names a page of this wiki. False if no page can have this name.</summary>
    /// <param name="text">Name without namespace; references are not decoded.</param>
    public static bool TryCreate(WikiNamespace space, string text, IWikiSite site, [NotNullWhen(true)] out PageTitle? title)
        => TitleReader.TryReadPlain((space.Name.Length == 0 ? ":" : space.Name + ":") + text, site, out title) && title.Namespace.Id == space.Id && !title.IsExternal
            || (title = null) is not null;

    /// <summary>The page's talk page, or null where none can exist.</summary>
    public PageTitle? Talk(IWikiSite site)
        => !IsExternal && Text.Length > 0 && site.Namespaces.TalkOf(Namespace) is { } talk ? new(talk, Text, "", "") : null;

    /// <summary>The page a talk page speaks of; any other page is its own.</summary>
    public PageTitle Subject(IWikiSite site) => IsExternal ? this : new(site.Namespaces.SubjectOf(Namespace), Text, "", "");

    /// <summary>The same page with another fragment.</summary>
    public PageTitle WithFragment(string fragment) => new(Namespace, Text, fragment, Interwiki);

    public bool Equals(PageTitle? other)
        => other is not null && Namespace.Id == other.Namespace.Id && Text == other.Text && Interwiki == other.Interwiki;

    public override bool Equals(object? obj) => Equals(obj as PageTitle);

    public override int GetHashCode() => HashCode.Combine(Namespace.Id, Text, Interwiki);

    public override string ToString() => FullText;
}
