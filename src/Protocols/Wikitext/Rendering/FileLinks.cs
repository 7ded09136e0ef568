using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Shows files: pictures in the text, with frames and captions, and links to the files themselves.</summary>
internal sealed class FileLinks(PageParser page)
{
    /// <summary>Width of an upright picture against the usual one.</summary>
    public const double UsualUpright = 0.75;

    private readonly Dictionary<PageTitle, FileFacts?> _facts = [];
    private readonly FileOptionWords _words = FileOptionWords.For(page.Site.Language);

    public FileOptionWords Words => _words;

    /// <summary>Asks the site once for files not asked for before.</summary>
    public void Prepare(IEnumerable<PageTitle> titles)
    {
        var unknown = titles.Where(t => !_facts.ContainsKey(t)).ToHashSet();
        if (unknown.Count == 0)
        {
            return;
        }

        var found = page.Site.FindFiles(unknown);
        foreach (var title in unknown)
        {
            _facts[title] = found.GetValueOrDefault(title);
        }
    }

    public FileFacts? Find(PageTitle title)
    {
        if (!_facts.TryGetValue(title, out var facts))
        {
            Prepare([title]);
            facts = _facts[title];
        }

        return facts;
    }

    /// <summary>True if a file is missing but its page leads to another file.</summary>
    public bool IsRedirect(PageTitle title)
        => page.Site.FindPages([title]).TryGetValue(title, out var facts) && facts.RedirectTarget is not null;

    /// <summary><c>[[Media:Name]]</c>: a link to the file itself.</summary>
    public void WriteMediaLink(PageTitle title, string html, TextBuffer output)
    {
        var file = AsFile(title);
        var facts = Find(file);
        file = TargetOf(file, facts);
        page.Index.AddFile(file, facts is not null);
        output.Append("<a");
        TagAttributes.Write("href", facts?.Url ?? UploadUrl(file), output);
        TagAttributes.Write("class", facts is null ? "new" : "internal", output);
        TagAttributes.Write("title", file.Text, output);
        output.Append('>');
        output.Append(html.Length > 0 ? html : title.Text);
        output.Append("</a>");
    }

    /// <summary><c>[[File:Name|options]]</c></summary>
    public void Write(PageTitle title, string optionText, TextBuffer output)
    {
        var facts = Find(title);
        title = TargetOf(title, facts);
        page.Index.AddFile(title, facts is not null);
        if (facts is null)
        {
            page.Tracking.Add(TrackingTable.BrokenFile);
        }

        var options = FileLinkOptions.Read(optionText, facts?.Kind, _words, page.PlainText, ReadTarget);
        if (options.HasDoublePixels)
        {
            page.Tracking.Add(TrackingTable.DoublePixels);
        }

        if (!options.HasVisibleCaption)
        {
            options.Alt ??= options.Caption.Length > 0 ? page.PlainText(options.Caption) : null;
            options.Title = page.PlainText(options.Caption);
        }

        var start = output.Length;
        if (facts?.Kind == MediaKind.Other)
        {
            page.Links.Add(title, options.Caption.Length > 0 ? options.Caption : title.PrefixedText, output);
        }
        else if (options.HasVisibleCaption)
        {
            WriteThumb(title, facts, options, output);
        }
        else
        {
            WriteInline(title, facts, options, output);
        }

        OneLine(start, output);
    }

    /// <summary>The title of the file that is really shown: redirects between files are followed, fragments mean nothing.</summary>
    public PageTitle TargetOf(PageTitle title, FileFacts? facts)
        => facts is not null && facts.Name != title.Text && PageTitle.TryCreate(title.Namespace, facts.Name, page.Site, out var target)
            ? target
            : title.WithFragment("");

    /// <summary>Where link= leads; null if the value is no page and no address.</summary>
    public FileTarget? ReadTarget(string value)
    {
        if (value.Length == 0)
        {
            return FileTarget.Nothing;
        }

        if (ExternalUrl.SchemeLength(value) is > 0 and var scheme)
        {
            if (ExternalUrl.Measure(value, scheme) != value.Length)
            {
                return null;
            }

            page.Index.AddExternalLink(value);
            return new(null, value);
        }

        if (!PageTitle.TryParseLink(value, page.Site, out var title))
        {
            return null;
        }

        page.Index.AddLink(title, exists: true);
        return new(title, null);
    }

    /// <summary>A picture in the line, or with align= beside the text.</summary>
    private void WriteInline(PageTitle title, FileFacts? facts, FileLinkOptions options, TextBuffer output)
    {
        var (width, height) = InlineSize(facts, options);
        var markup = new PictureMarkup(page, title, facts, options, output);
        var picture = default(Picture);
        var isPlayer = facts is { Kind: MediaKind.Audio or MediaKind.Video };
        var isShown = facts is not null && !page.Options.HiddenFiles.Contains(title.Text)
            && (isPlayer || Picture.TryMake(facts, width, height, options.Page ?? 1, options.Language, page.Site, page.Options.HasDensePictures, out picture));
        var type = (isShown ? "" : "mw:Error ") + "mw:File" + (options.IsFrameless ? "/Frameless" : "");
        var isFigure = options.Align.Length > 0;
        List<string> classes = options.HasSize ? [] : ["mw-default-size"];
        if (isFigure)
        {
            classes.Add("mw-halign-" + options.Align);
        }
        else if (options.VerticalAlign.Length > 0)
        {
            classes.Add("mw-valign-" + options.VerticalAlign);
        }

        if (options.HasBorder)
        {
            classes.Add("mw-image-border");
        }

        markup.Open(isFigure ? "figure" : "span", classes, type);
        if (isShown && isPlayer)
        {
            var (playerWidth, playerHeight) = PlayerSize(facts!, width, height);
            markup.WritePlayer(facts!, playerWidth, playerHeight);
        }
        else if (isShown)
        {
            markup.WritePicture(picture, options.Title);
        }
        else
        {
            markup.WriteBroken(options.Alt ?? "", facts is null ? options.Width : width, facts is null ? options.Height : options.Height);
        }

        if (isFigure)
        {
            output.Append("<figcaption>");
            output.Append(options.Caption);
            output.Append("</figcaption>");
        }

        output.Append(isFigure ? "</figure>" : "</span>");
    }

    /// <summary>Sound has no size of its own: its player is as wide as a thumbnail.</summary>
    private (int Width, int Height) PlayerSize(FileFacts facts, int width, int? height)
        => facts.Width > 0 && facts.Height > 0 ? Picture.Fit(facts, width, height) : (width > 0 ? width : page.Options.ThumbnailWidth, 0);

    private (int Width, int? Height) InlineSize(FileFacts? facts, FileLinkOptions options)
    {
        if (facts is null)
        {
            return (options.Width ?? 0, options.Height);
        }

        var width = options.Width ?? (options.Height is not null && facts.Kind == MediaKind.Drawing ? Picture.MaxDrawingWidth : facts.Width);
        if (options.Width is null && (options.IsFrameless || width == 0))
        {
            width = PreferredWidth(facts, options, width);
        }

        if (options.IsFrameless && facts.Width > 0 && facts.Kind == MediaKind.Bitmap)
        {
            width = Math.Min(width, facts.Width);
        }

        return (width, options.Height);
    }

    /// <summary>The wiki's usual width, smaller for upright pictures (rounded to tens, so that few sizes exist).</summary>
    private int PreferredWidth(FileFacts facts, FileLinkOptions options, int width)
    {
        var preferred = page.Options.ThumbnailWidth;
        if (options.Upright is { } upright)
        {
            preferred = (int)(Math.Round(preferred * (upright == 0 ? UsualUpright : upright) / 10, MidpointRounding.AwayFromZero) * 10);
        }

        return options.Height is null && (width <= 0 || preferred < width || facts.Kind == MediaKind.Drawing) ? preferred : width;
    }

    /// <summary>A picture with a caption under it.</summary>
    private void WriteThumb(PageTitle title, FileFacts? facts, FileLinkOptions options, TextBuffer output)
    {
        var markup = new PictureMarkup(page, title, facts, options, output);
        var picture = default(Picture);
        var isPlayer = options.ManualThumb is null && facts is { Kind: MediaKind.Audio or MediaKind.Video };
        var isShown = facts is not null && (isPlayer ? !page.Options.HiddenFiles.Contains(title.Text) : TryMakeThumb(title, facts, options, out picture));
        var isFrame = options.ManualThumb is null && options.IsFramed;
        List<string> classes = options.HasSize || options.ManualThumb is not null || options.IsFramed ? [] : ["mw-default-size"];
        if (options.Align.Length > 0)
        {
            classes.Add("mw-halign-" + options.Align);
        }

        var isMissing = !page.Options.HiddenFiles.Contains(title.Text);
        markup.Open("figure", classes, (isShown ? "" : "mw:Error ") + (isFrame ? "mw:File/Frame" : "mw:File/Thumb"));
        if (isShown && isPlayer)
        {
            var (playerWidth, playerHeight) = PlayerSize(facts!, ThumbWidth(facts!, options), options.Height);
            markup.WritePlayer(facts!, playerWidth, playerHeight);
        }
        else if (isShown)
        {
            markup.WritePicture(picture, title: "", isThumb: !isFrame);
        }
        else
        {
            var missingWidth = options.Width ?? (options.Upright is not null ? 130 : 180);
            markup.WriteBroken(facts is null ? options.Alt ?? "" : isMissing ? page.Texts["thumbnail_error"] : "", facts is null ? missingWidth : ThumbWidth(facts, options), options.Height);
        }

        output.Append("<figcaption>");
        output.Append(options.Caption);
        output.Append("</figcaption></figure>");
    }

    private bool TryMakeThumb(PageTitle title, FileFacts facts, FileLinkOptions options, out Picture picture)
    {
        picture = default;
        if (page.Options.HiddenFiles.Contains(title.Text))
        {
            return false;
        }

        if (options.ManualThumb is { } manual)
        {
            if (!PageTitle.TryCreate(title.Namespace, manual, page.Site, out var other) || Find(other) is not { } otherFacts
                || page.Options.HiddenFiles.Contains(other.Text))
            {
                return false;
            }

            picture = new(otherFacts.Url, otherFacts.Width, otherFacts.Height, null);
            return true;
        }

        if (options.IsFramed && facts.Kind == MediaKind.Bitmap)
        {
            picture = new(facts.Url, facts.Width, facts.Height, null);
            return facts.Width > 0;
        }

        return Picture.TryMake(
            facts, ThumbWidth(facts, options), options.Height, options.Page ?? 1, options.Language, page.Site, page.Options.HasDensePictures, out picture);
    }

    private int ThumbWidth(FileFacts facts, FileLinkOptions options)
    {
        if (options.IsFramed)
        {
            return facts.Width;
        }

        var natural = options.Height is not null && facts.Kind == MediaKind.Drawing ? Picture.MaxDrawingWidth : facts.Width;
        var width = options.Width ?? PreferredWidth(facts, options, natural);
        return facts.Width > 0 && facts.Kind == MediaKind.Bitmap ? Math.Min(width, facts.Width) : width;
    }

    private string UploadUrl(PageTitle file) => page.Site.FindUploadUrl(file) ?? PageUrls.Of(file, page.Site, page.Options.Anchors);

    private PageTitle AsFile(PageTitle media)
        => page.Site.Namespaces[WikiNamespace.File] is { } space && PageTitle.TryCreate(space, media.Text, page.Site, out var file) ? file : media;

    /// <summary>A picture is one word to paragraphs and lists: no line feeds in it.</summary>
    private static void OneLine(int start, TextBuffer output)
    {
        var written = output.Text[start..];
        if (written.Contains('\n'))
        {
            var line = written.ToString().Replace('\n', ' ');
            output.Truncate(start);
            output.Append(line);
        }
    }
}
