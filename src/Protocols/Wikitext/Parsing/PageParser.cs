using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.References;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Parsing;

/// <summary>Stage two for one page: the passes in MediaWiki's order and the state they share.</summary>
internal sealed class PageParser : ITagContext
{
    private static readonly System.Buffers.SearchValues<char> NeedsStripping = System.Buffers.SearchValues.Create("\u007F<&\n\t\r ");

    private readonly Unstripping _unstripping;
    private readonly LinkResolver _resolver;
    private readonly InternalLinks _internalLinks;
    private readonly MagicLinks _magicLinks;
    private readonly HashSet<PageWarning> _warnings = [];

    public PageParser(IWikiSite site, RenderOptions options, ExpandedText expanded)
    {
        Site = site;
        Options = options;
        Expanded = expanded;
        Texts = new(site, options.Language ?? site.Language);
        Trail = new(site.Language);
        Tracking = new(site);
        Files = new(this);
        ExternalLinks = new(this);
        Tags = new(this);
        References = new(this);
        _internalLinks = new(this);
        _magicLinks = new(this);
        _resolver = new(this);
        _unstripping = new(this, _resolver);
    }

    public IWikiSite Site { get; }

    public RenderOptions Options { get; }

    public ExpandedText Expanded { get; }

    public PageTitle Page => Expanded.Page;

    public PageTexts Texts { get; }

    public LinkTrail Trail { get; }

    public LinkTable Links { get; } = new();

    public VerbatimTable Verbatim { get; } = new();

    public PageIndex Index { get; } = new();

    public TrackingTable Tracking { get; }

    public HeadingMarks Headings { get; } = new();

    public FileLinks Files { get; }

    public ExternalLinks ExternalLinks { get; }

    public TagTable Tags { get; }

    public ReferenceList References { get; }

    public IReadOnlyCollection<PageWarning> Warnings => _warnings;

    public int ElementCount { get; private set; }

    public void Warn(PageWarningKind kind, string detail = "")
    {
        _warnings.Add(new(kind, detail));
        Tracking.Add(kind switch
        {
            PageWarningKind.Reference => TrackingTable.ReferenceError,
            PageWarningKind.DisplayTitle => TrackingTable.DisplayTitleIgnored,
            _ => TrackingTable.TooLarge,
        });
    }

    /// <summary>Asks the site once for all files the text seems to show.</summary>
    public void PrepareFiles(ReadOnlySpan<char> text)
    {
        HashSet<PageTitle> files = [];
        while (text.IndexOf("[[") is >= 0 and var at)
        {
            text = text[(at + 2)..];
            var end = text.IndexOfAnyExcept(LinkSyntax.TargetChars);
            if (end > 0 && text[..end].Contains(':') && PageTitle.TryParseLink(text[..end].ToString(), Site, out var title)
                && title.Namespace.Id == WikiNamespace.File && !title.IsExternal)
            {
                files.Add(title);
            }
        }

        Files.Prepare(files);
    }

    /// <summary>Expands and parses wikitext of the same page.</summary>
    public string ParseInline(string wikitext) => ParseExpanded(Expanded.Expand(wikitext));

    /// <summary>All passes that look at text: the result is half-parsed, with markers, without paragraphs and lists.</summary>
    public string ParseExpanded(ReadOnlySpan<char> text)
    {
        Tags.RenderIn(text);
        using var result = new TextBuffer(text.Length + (text.Length / 4));
        Parse(text, result);
        return Headings.RunInTag(result.ToString(), Expanded);
    }

    /// <summary>As <see cref="ParseExpanded"/>, into a buffer.</summary>
    public void Parse(ReadOnlySpan<char> text, TextBuffer output)
    {
        using var other = new TextBuffer(text.Length + (text.Length / 4));
        HtmlTags.Run(text, output, this);
        Next(output, other, static (from, to, page) => Tables.Run(from, to, page));
        Next(other, output, static (from, to, _) => Parsing.Headings.Run(from, to));
        Next(output, other, static (from, to, page) => page._internalLinks.Run(from, to));
        Next(other, output, static (from, to, _) => new Quotes().RunLines(from, to));
        Next(output, other, static (from, to, page) => page.ExternalLinks.Run(from, to));
        Next(other, output, static (from, to, page) => page._magicLinks.Run(from, to));
    }

    private delegate void Pass(ReadOnlySpan<char> from, TextBuffer to, PageParser page);

    private void Next(TextBuffer from, TextBuffer to, Pass pass)
    {
        to.Clear();
        pass(from.Text, to, this);
    }

    /// <summary>Makes a tree of half-parsed text: paragraphs and lists, links, finished HTML, balanced elements.</summary>
    /// <param name="hasBlocks">False if the text is a piece of a line.</param>
    public HtmlElement Finish(ReadOnlySpan<char> halfParsed, bool hasBlocks = true)
    {
        using var general = new TextBuffer(halfParsed.Length + (halfParsed.Length / 4));
        using var blocks = new TextBuffer(halfParsed.Length + (halfParsed.Length / 4));
        _unstripping.General(halfParsed, general);
        if (hasBlocks)
        {
            new Blocks(blocks).Run(general.Text);
            general.Clear();
        }

        _resolver.Prepare();
        var final = hasBlocks ? general : blocks;
        _unstripping.Final(hasBlocks ? blocks.Text : general.Text, final);
        var tree = HtmlTreeBuilder.Build(final.Text, TreeLimits.Default, out var builder);
        ElementCount += builder.ElementCount;
        if (builder.ReachedLimit)
        {
            Warn(PageWarningKind.TooLarge);
        }

        return tree;
    }

    /// <summary>The words of half-parsed text: tooltips, alternative texts, names of classes.</summary>
    public string PlainText(string halfParsed)
    {
        if (halfParsed.AsSpan().IndexOfAny(NeedsStripping) < 0)
        {
            return halfParsed;
        }

        using var readable = new TextBuffer(halfParsed.Length);
        _unstripping.Readable(halfParsed, readable);
        return Reading.TagStripper.Strip(readable.Text);
    }

    /// <summary>Drops markers from the value of a tag's attribute.</summary>
    public static string PlainMarkers(string value)
    {
        if (!value.Contains(StripMarker.Delimiter))
        {
            return value;
        }

        var result = new System.Text.StringBuilder();
        var rest = value.AsSpan();
        while (rest.IndexOf(StripMarker.Delimiter) is >= 0 and var at)
        {
            result.Append(rest[..at]);
            rest = rest[at..];
            rest = rest[(StripMarker.TryRead(rest, out _, out var length) ? length : 1)..];
        }

        return result.Append(rest).ToString();
    }

    /// <summary>Puts everything taken out back into attribute text.</summary>
    public ReadOnlySpan<char> Unstrip(ReadOnlySpan<char> text)
    {
        if (text.IndexOf(StripMarker.Delimiter) < 0)
        {
            return text;
        }

        using var readable = new TextBuffer(text.Length);
        _unstripping.Readable(text, readable);
        return readable.ToString();
    }

    /// <summary>Copies the allowed attributes of a tag.</summary>
    public void CopyAttributes(ReadOnlySpan<char> attributes, AllowedTag tag, TextBuffer output)
        => TagAttributes.Copy(Unstrip(attributes), tag, Options.Anchors, output);

    /// <summary>Apostrophes in the text of a link.</summary>
    public static string FormatQuotes(string text)
    {
        if (!text.Contains("''", StringComparison.Ordinal))
        {
            return text;
        }

        using var result = new TextBuffer(text.Length + 16);
        new Quotes().RunLine(text, result);
        return result.ToString();
    }

    /// <summary>Writes a picture elsewhere if the wiki shows such.</summary>
    public bool TryWriteExternalImage(ReadOnlySpan<char> url, TextBuffer output)
    {
        if (!Options.AllowsExternalImages || !ExternalImage.IsOne(url))
        {
            return false;
        }

        output.Append("<img");
        TagAttributes.Write("src", url, output);
        TagAttributes.Write("alt", url[(url.LastIndexOf('/') + 1)..], output);
        output.Append(" />");
        return true;
    }
}
