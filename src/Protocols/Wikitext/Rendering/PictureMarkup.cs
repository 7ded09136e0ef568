using System.Globalization;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>Writes the markup of one picture: wrapper, link, image, or what stands in for a missing one.</summary>
internal readonly struct PictureMarkup(PageParser page, PageTitle title, FileFacts? facts, FileLinkOptions options, TextBuffer output)
{
    public void Open(string element, List<string> classes, string type)
    {
        output.Append('<');
        output.Append(element);
        if (options.ClassNames.Length > 0)
        {
            classes.Add(options.ClassNames);
        }

        if (classes.Count > 0)
        {
            TagAttributes.Write("class", string.Join(' ', classes), output);
        }

        TagAttributes.Write("typeof", type, output);
        output.Append('>');
    }

    /// <summary>The picture inside its link.</summary>
    /// <param name="title">Tooltip.</param>
    /// <param name="isThumb">True if the picture stands for a larger one that is not linked otherwise.</param>
    public void WritePicture(Picture picture, string title, bool isThumb = false)
    {
        var element = OpenLink(title);
        output.Append("<img");
        if (options.Alt is { } alt)
        {
            TagAttributes.Write("alt", alt, output);
        }

        if (isThumb && (options.Target != FileTarget.Description || options.ManualThumb is not null))
        {
            TagAttributes.Write("resource", Resource(), output);
        }

        TagAttributes.Write("src", picture.Url, output);
        TagAttributes.Write("decoding", "async", output);
        WriteNumber("width", picture.Width);
        WriteNumber("height", picture.Height);
        WriteUpright();
        if (picture.DenseUrl is { } dense)
        {
            TagAttributes.Write("srcset", dense + " 2x", output);
        }

        output.Append(" />");
        Close(element);
    }

    /// <summary>A player for sound or film.</summary>
    public void WritePlayer(FileFacts file, int width, int height)
    {
        var isVideo = file.Kind == MediaKind.Video;
        output.Append(isVideo ? "<span><video" : "<span><audio");
        if (isVideo && page.Site.FindThumbnailUrl(file, width, 1) is { } poster)
        {
            TagAttributes.Write("poster", poster, output);
        }

        output.Append(" controls=\"\" preload=\"none\"");
        TagAttributes.Write("class", "mw-file-element", output);
        WriteNumber("width", width);
        if (isVideo)
        {
            WriteNumber("height", height);
        }

        output.Append("><source");
        TagAttributes.Write("src", file.Url, output);
        TagAttributes.Write("type", file.MimeType, output);
        output.Append(isVideo ? " /></video></span>" : " /></audio></span>");
    }

    /// <summary>What stands where a picture is missing: a link to where the file can be uploaded or is described.</summary>
    public void WriteBroken(string label, int? width, int? height)
    {
        var isRedirect = facts is null && page.Files.IsRedirect(title);
        var url = facts is null && !isRedirect ? page.Site.FindUploadUrl(title) : null;
        output.Append("<a");
        TagAttributes.Write("href", url ?? PageUrls.Of(title, page.Site, page.Options.Anchors), output);
        if (url is not null || isRedirect)
        {
            TagAttributes.Write("class", isRedirect ? "mw-redirect" : "new", output);
        }

        TagAttributes.Write("title", title.PrefixedText, output);
        output.Append("><span");
        TagAttributes.Write("class", "mw-file-element mw-broken-media", output);
        if (width is > 0)
        {
            WriteNumber("data-width", width.Value);
        }

        if (height is > 0)
        {
            WriteNumber("data-height", height.Value);
        }

        output.Append('>');
        LinkMarkup.AppendText(label.Length > 0 ? label : title.PrefixedText, output);
        output.Append("</span></a>");
    }

    private string OpenLink(string tooltip)
    {
        var target = options.Target;
        if (target.Url is { Length: > 0 } url)
        {
            output.Append("<a");
            TagAttributes.Write("href", url, output);
            WriteTitle(tooltip);
            LinkMarkup.WriteRelation(url, page.Options, output);
        }
        else if (target.Title is { } other)
        {
            output.Append("<a");
            TagAttributes.Write("href", PageUrls.Of(other, page.Site, page.Options.Anchors), output);
            WriteTitle(tooltip.Length > 0 ? tooltip : other.PrefixedText);
        }
        else if (target == FileTarget.Nothing)
        {
            output.Append("<span");
            WriteTitle(tooltip);
            output.Append('>');
            return "</span>";
        }
        else if (options.ManualThumb is not null)
        {
            output.Append("<a");
            TagAttributes.Write("href", Description(), output);
            WriteTitle(title.PrefixedText);
        }
        else
        {
            output.Append("<a");
            TagAttributes.Write("href", Description(), output);
            TagAttributes.Write("class", "mw-file-description", output);
            WriteTitle(tooltip);
        }

        output.Append('>');
        return "</a>";
    }

    /// <summary>Tells style sheets that pictures of this kind are smaller, so that they can scale them with the reader's own size.</summary>
    private void WriteUpright()
    {
        if (options.Upright is { } upright && !options.HasSize && (options.IsThumb || options.IsFrameless))
        {
            var factor = (upright == 0 ? FileLinks.UsualUpright : upright).ToString(CultureInfo.InvariantCulture);
            TagAttributes.Write("style", "--mw-file-upright: " + factor, output);
            TagAttributes.Write("class", "mw-file-element mw-file-upright", output);
        }
        else
        {
            TagAttributes.Write("class", "mw-file-element", output);
        }
    }

    private void Close(string element) => output.Append(element);

    private void WriteTitle(string tooltip)
    {
        if (tooltip.Length > 0)
        {
            TagAttributes.Write("title", tooltip, output);
        }
    }

    private void WriteNumber(string name, int number) => TagAttributes.Write(name, number.ToString(CultureInfo.InvariantCulture), output);

    private string Description()
    {
        if (facts?.ForeignPageUrl is { } foreign)
        {
            return foreign;
        }

        var query = Query();
        return query.Length > 0 ? PageUrls.WithQuery(title, page.Site, query) : PageUrls.Of(title, page.Site, page.Options.Anchors);
    }

    private string Resource()
    {
        var url = PageUrls.Of(title, page.Site, page.Options.Anchors);
        var query = Query();
        return query.Length > 0 ? $"{url}?{query}" : url;
    }

    private string Query()
    {
        var query = options.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $"page={number}") : "";
        return options.Language.Length == 0 ? query : query.Length == 0 ? "lang=" + options.Language : $"{query}&lang={options.Language}";
    }
}
