using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Galleries;

/// <summary>What stands after the file's name on a line of a gallery: alt=, link=, page=, lang= and the caption.</summary>
/// <param name="Caption">Half-parsed; of several the last counts.</param>
internal sealed record GalleryItemOptions(FileLinkOptions File, string Caption)
{
    public static GalleryItemOptions Read(string text, FileFacts? facts, PageParser page)
    {
        List<string> kept = [];
        var caption = "";
        if (text.Length > 0)
        {
            foreach (var part in OptionParts.Split(page.ParseInline(text)))
            {
                var isOption = page.Files.Words.Read(part.TrimWhite(), out _) switch
                {
                    FileOption.Alt or FileOption.Link => true,
                    FileOption.Page => facts?.Kind == MediaKind.Document,
                    FileOption.Language => facts?.Kind == MediaKind.Drawing,
                    _ => false,
                };
                if (isOption)
                {
                    kept.Add(part);
                }
                else
                {
                    caption = part;
                }
            }
        }

        var options = FileLinkOptions.Read(string.Join('|', kept), facts?.Kind, page.Files.Words, page.PlainText, page.Files.ReadTarget);
        var plain = page.PlainText(caption);
        options.Alt ??= caption.Length > 0 ? plain : null;
        options.Title = plain;
        return new(options, caption);
    }
}
