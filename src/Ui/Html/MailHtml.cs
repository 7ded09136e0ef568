using System.Buffers;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plenum.Kernel.Web;

namespace Plenum.Ui.Html;

/// <summary>
/// Shows the HTML of a mail in the style of the house. The text is parsed into a tree, and one writer emits the elements and attributes
/// on its list: nothing passes because it was overlooked. No style of the sender, no remote picture, no form, no script.
/// </summary>
/// <remarks>
/// Not HtmlSanitizer's own walk: it edits the tree and takes time with the square of bad siblings. The tests let it judge this
/// writer's output instead: it must find nothing to remove.
/// </remarks>
public static class MailHtml
{
    /// <summary>Elements that are written; the content of others is written without them.</summary>
    public static IReadOnlySet<string> Elements { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt",
        "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    };

    /// <summary>Attributes that are written besides href and src, which have rules of their own.</summary>
    public static IReadOnlySet<string> Attributes { get; } = new HashSet<string>(StringComparer.Ordinal) { "alt", "colspan", "dir", "lang", "rowspan", "start", "title" };

    // Their content is no text for people.
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "head", "script", "style", "title", "template", "iframe", "frame", "object", "embed", "applet", "svg", "math", "noscript", "noembed", "noframes",
        "select", "textarea", "button", "audio", "video", "canvas", "map", "xmp", "plaintext", "datalist", "meter", "progress", "dialog",
    };

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "br", "col", "hr", "img", "wbr" };
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal) { "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol", "pre" };
    private static readonly string[] InlineImages = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <param name="html">The body of the text/html part.</param>
    /// <param name="pictureOf">Address on this site of the part with a Content-ID (RFC 2392, without brackets); null if there is none.</param>
    /// <param name="remoteImageText">Stands where a remote picture without description was.</param>
    public static SafeHtml Render(string html, Func<string, string?> pictureOf, string remoteImageText)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(pictureOf);
        if (!HtmlCost.IsBearable(html))
        {
            return new($"<p class=\"plain\">{HtmlText.Escape(PlainText.Of(html))}</p>", 0, IsReduced: true);
        }

        var document = new HtmlParser().ParseDocument(html);
        var writer = new Writer(pictureOf, remoteImageText);
        if (document.Body is { } body)
        {
            writer.WriteContent(body);
        }

        return new(writer.ToString(), writer.RemoteImages, IsReduced: false);
    }

    private sealed class Writer(Func<string, string?> pictureOf, string remoteImageText)
    {
        private readonly StringBuilder _text = new();
        private readonly HeadingLevels _levels = new(top: 2);
        private readonly Stack<string> _headings = [];

        public int RemoteImages { get; private set; }

        public override string ToString() => _text.ToString();

        /// <summary>Walks without recursion: the depth of a tree is the sender's choice.</summary>
        public void WriteContent(INode root)
        {
            var node = root.FirstChild;
            while (node is not null)
            {
                if (Open(node) && node.FirstChild is { } child)
                {
                    node = child;
                    continue;
                }

                while (node is not null && node.NextSibling is null)
                {
                    Close(node);
                    node = node.Parent == root ? null : node.Parent;
                }

                if (node is not null)
                {
                    Close(node);
                    node = node.NextSibling;
                }
            }
        }

        /// <returns>Whether its content is to be written.</returns>
        private bool Open(INode node)
        {
            if (node is IText text)
            {
                _text.Append(HtmlText.Escape(text.Data.Replace("\0", "", StringComparison.Ordinal)));
                return false;
            }

            if (node is not IElement element || Dropped.Contains(element.LocalName))
            {
                return false;
            }

            if (element.LocalName == "img")
            {
                WritePicture(element);
                return false;
            }

            if (!Elements.Contains(element.LocalName))
            {
                return true;
            }

            _text.Append('<').Append(OpenName(element.LocalName));
            if (element.LocalName == "a")
            {
                WriteLink(element.GetAttribute("href")?.Trim());
            }

            WriteAttributes(element);
            _text.Append('>');
            return !Void.Contains(element.LocalName);
        }

        private void Close(INode node)
        {
            if (node is IElement element && Elements.Contains(element.LocalName) && !Void.Contains(element.LocalName) && !Dropped.Contains(element.LocalName))
            {
                _text.Append("</").Append(IsHeading(element.LocalName) ? _headings.Pop() : element.LocalName).Append('>');
            }
        }

        private string OpenName(string name)
        {
            if (!IsHeading(name))
            {
                return name;
            }

            _headings.Push("h" + (char)('0' + _levels.Of(name[1] - '0')));
            return _headings.Peek();
        }

        private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

        private void WriteAttributes(IElement element)
        {
            foreach (var attribute in element.Attributes)
            {
                if (Attributes.Contains(attribute.LocalName) && attribute.NamespaceUri is null && IsSensible(attribute))
                {
                    Write(attribute.LocalName, attribute.Value);
                }
            }
        }

        private static bool IsSensible(IAttr attribute) => attribute.LocalName switch
        {
            "colspan" or "rowspan" or "start" => int.TryParse(attribute.Value, out var number) && number is > 0 and <= 1000,
            "dir" => attribute.Value is "ltr" or "rtl" or "auto",
            "lang" => attribute.Value.Length <= 35 && attribute.Value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'),
            _ => attribute.Value.Length <= 1000,
        };

        private void WriteLink(string? href)
        {
            if (LinkTarget.IsAbsolute(href))
            {
                Write("href", href!);
                Write("rel", LinkTarget.ForeignRel);
                Write("referrerpolicy", "no-referrer");
            }
        }

        private void WritePicture(IElement picture)
        {
            var source = picture.GetAttribute("src")?.Trim() ?? "";
            var description = picture.GetAttribute("alt") ?? "";
            var local = source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? pictureOf(Uri.UnescapeDataString(source[4..]))
                : Array.Exists(InlineImages, p => source.StartsWith(p, StringComparison.OrdinalIgnoreCase)) ? source
                : null;
            if (local is not null)
            {
                _text.Append("<img");
                Write("src", local);
                Write("alt", description);
                Write("loading", "lazy");
                _text.Append('>');
            }
            else if (!IsTrackingPixel(picture))
            {
                RemoteImages++;
                _text.Append("<span class=\"remote-image\">").Append(HtmlText.Escape(description.Length > 0 ? description : remoteImageText)).Append("</span>");
            }
            else
            {
                RemoteImages++;
            }
        }

        private static bool IsTrackingPixel(IElement picture)
            => picture.GetAttribute("width")?.Trim() is "0" or "1" || picture.GetAttribute("height")?.Trim() is "0" or "1";

        private void Write(string name, string value)
            => _text.Append(' ').Append(name).Append("=\"").Append(HtmlText.Escape(value.Replace("\0", "", StringComparison.Ordinal))).Append('"');
    }

    /// <summary>The words of HTML that no parser should be given: tags are cut out in one pass.</summary>
    private static class PlainText
    {
        private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456");
        private const int MaxLength = 100_000; // Characters shown; the message can be downloaded whole.

        public static string Of(string html)
        {
            var text = new StringBuilder(Math.Min(html.Length, MaxLength));
            for (var at = 0; at < html.Length && text.Length < MaxLength;)
            {
                var tag = html.IndexOf('<', at);
                text.Append(html, at, Math.Min((tag < 0 ? html.Length : tag) - at, MaxLength));
                if (tag < 0)
                {
                    break;
                }

                var end = html.IndexOf('>', tag);
                var name = html.AsSpan(tag + 1, Math.Min(12, html.Length - tag - 1)).TrimStart('/');
                var letters = name.IndexOfAnyExcept(NameLetters);
                var word = (letters < 0 ? name : name[..letters]).ToString().ToLowerInvariant();
                if (Blocks.Contains(word) || word == "br")
                {
                    text.Append('\n');
                }

                if (end >= 0 && word is "script" or "style" && html[tag + 1] != '/')
                {
                    end = html.IndexOf("</" + word, end, StringComparison.OrdinalIgnoreCase) is var close and >= 0 ? close - 1 : -1;
                }

                at = end < 0 ? html.Length : end + 1;
            }

            return WebUtility.HtmlDecode(text.ToString()).Replace("\0", "", StringComparison.Ordinal).Trim();
        }
    }
}
