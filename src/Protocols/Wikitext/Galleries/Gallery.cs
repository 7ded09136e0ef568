using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Galleries;

/// <summary>A gallery tag: one file a line, with a caption each.</summary>
internal sealed class Gallery
{
    private readonly PageParser _page;
    private readonly StrippedTag _tag;
    private readonly GalleryLayout _layout;

    public Gallery(PageParser page, StrippedTag tag)
    {
        _page = page;
        _tag = tag;
        _layout = GalleryLayout.Read(tag);
    }

    /// <summary>The gallery as half-parsed HTML.</summary>
    public string Render()
    {
        using var output = new TextBuffer();
        OpenList(output);
        var items = ReadItems();
        _page.Files.Prepare(items.Select(i => i.Title).Where(t => t.Namespace.Id == WikiNamespace.File));
        foreach (var item in items)
        {
            WriteItem(item, output);
        }

        output.Append("\n</ul>");
        return output.ToString();
    }

    private void OpenList(TextBuffer output)
    {
        var attributes = TagAttributes.Validate(
            [.. _tag.Attributes.Select(a => new HtmlAttribute(a.Key, a.Value))], AllowedTags.Find("ul")!, _page.Options.Anchors);
        var classes = $"gallery mw-gallery-{_layout.Mode}";
        var style = _layout.MaxWidth > 0 ? string.Create(CultureInfo.InvariantCulture, $"max-width: {_layout.MaxWidth}px;") : "";
        output.Append("<ul");
        foreach (var (name, value) in attributes)
        {
            if (name == "class")
            {
                classes = $"{value} {classes}";
            }
            else if (name == "style")
            {
                style += value;
            }
            else
            {
                TagAttributes.Write(name, value, output);
            }
        }

        TagAttributes.Write("class", classes, output);
        if (style.Length > 0)
        {
            TagAttributes.Write("style", style, output);
        }

        output.Append('>');
        if (_tag["caption"] is { Length: > 0 } caption)
        {
            output.Append("\n\t<li class=\"gallerycaption\">");
            output.Append(_page.ParseInline(caption));
            output.Append("</li>");
        }
    }

    private List<GalleryItem> ReadItems()
    {
        List<GalleryItem> items = [];
        var space = _page.Site.Namespaces[WikiNamespace.File];
        foreach (var line in (_tag.Content ?? "").Split('\n'))
        {
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            var name = bar < 0 ? line : line[..bar];
            if (name.Length > 0 && PageTitle.TryParse(line.Contains('%') ? PercentEncoding.Decode(name) : name, _page.Site, out var title, space))
            {
                items.Add(new(title, bar < 0 ? "" : line[(bar + 1)..]));
            }
        }

        return items;
    }

    private void WriteItem(GalleryItem item, TextBuffer output)
    {
        var isFile = item.Title.Namespace.Id == WikiNamespace.File && !item.Title.IsExternal;
        var facts = isFile ? _page.Files.Find(item.Title) : null;
        if (isFile)
        {
            item = item with { Title = _page.Files.TargetOf(item.Title, facts) };
            _page.Index.AddFile(item.Title, facts is not null);
            if (facts is null)
            {
                _page.Tracking.Add(TrackingTable.BrokenFile);
            }
        }

        var options = GalleryItemOptions.Read(item.Text, facts, _page);
        var (boxWidth, boxHeight) = _layout.PictureBox(facts);
        var picture = default(Picture);
        var isShown = facts is not null && !_page.Options.HiddenFiles.Contains(item.Title.Text)
            && Picture.TryMake(facts, boxWidth, boxHeight, options.File.Page ?? 1, options.File.Language, _page.Site, _page.Options.HasDensePictures, out picture);
        output.Append("\n\t\t<li");
        TagAttributes.Write("class", "gallerybox", output);
        TagAttributes.Write("style", $"width: {GalleryLayout.Number(_layout.ItemWidth(isShown ? picture.Width : null))}px", output);
        output.Append(">\n\t\t\t<div");
        TagAttributes.Write("class", "thumb", output);
        TagAttributes.Write("style", _layout.PictureStyle(isShown ? picture.Width : null), output);
        output.Append("><span");
        TagAttributes.Write("typeof", isShown ? "mw:File" : "mw:Error mw:File", output);
        output.Append('>');
        var markup = new PictureMarkup(_page, item.Title, facts, options.File, output);
        if (isShown)
        {
            markup.WritePicture(_layout.Displayed(picture), options.File.Title);
        }
        else
        {
            markup.WriteBroken(options.File.Alt ?? "", boxWidth, boxHeight);
        }

        output.Append("</span></div>");
        WriteText(item.Title, options.Caption, isShown ? picture.Width : null, output);
        output.Append("\n\t\t</li>");
    }

    private void WriteText(PageTitle title, string caption, int? pictureWidth, TextBuffer output)
    {
        using var text = new TextBuffer();
        if (_tag["showfilename"] is not null)
        {
            text.Append("<a");
            TagAttributes.Write("href", PageUrls.Of(title, _page.Site, _page.Options.Anchors), text);
            TagAttributes.Write("class", "galleryfilename galleryfilename-truncate", text);
            TagAttributes.Write("title", title.PrefixedText, text);
            text.Append('>');
            LinkMarkup.AppendText(title.Text, text);
            text.Append("</a>\n");
        }

        text.Append(caption);
        if (!_layout.IsOverlay)
        {
            output.Append("\n\t\t\t<div class=\"gallerytext\">");
            output.Append(text.Text);
            output.Append("</div>");
        }
        else if (!text.Text.Trim().IsEmpty)
        {
            output.Append("\n\t\t\t<div");
            TagAttributes.Write("class", "gallerytextwrapper", output);
            TagAttributes.Write("style", $"width: {GalleryLayout.Number(_layout.OverlayWidth(pictureWidth))}px", output);
            output.Append("><div class=\"gallerytext\">");
            output.Append(text.Text);
            output.Append("</div></div>");
        }
    }

    private readonly record struct GalleryItem(PageTitle Title, string Text);
}
