using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Parsing;

/// <summary>Double brackets: links to pages, files, categories, other languages and other wikis.</summary>
internal sealed class InternalLinks(PageParser page)
{
    /// <summary>Files within captions of files.</summary>
    private const int MaxNesting = 8;

    private int _nesting;

    public void Run(ReadOnlySpan<char> text, TextBuffer output)
    {
        var first = text.IndexOf("[[");
        if (first < 0)
        {
            output.Append(text);
            return;
        }

        new Reader(page, this, text, output).Run(first);
    }

    /// <summary>True if the text, after a colon or not, starts like an address, which is no page.</summary>
    private static bool IsUrl(string target) => ExternalUrl.SchemeLength(target) > 0;

    private readonly ref struct Reader(PageParser page, InternalLinks links, ReadOnlySpan<char> text, TextBuffer output)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private readonly int _start = output.Length;

        public void Run(int first)
        {
            output.Append(_text[..first]);
            var segments = Segments.Find(_text, first);
            var bound = segments.Count;
            for (var i = 0; i < segments.Count; i++)
            {
                bound = i >= bound ? segments.Count : bound;
                i = Segment(segments, i, ref bound);
            }
        }

        /// <summary>Handles the text between two opening brackets.</summary>
        /// <returns>The last segment that was used.</returns>
        private int Segment(Segments segments, int index, ref int bound)
        {
            var segment = segments.Text(_text, index);
            var end = segment.IndexOfAnyExcept(LinkSyntax.TargetChars);
            if (end <= 0 || segment[end] is not ('|' or ']'))
            {
                Raw(segment);
                return index;
            }

            var text = "";
            var trail = ReadOnlySpan<char>.Empty;
            var mayBeFile = false;
            if (segment[end] == ']')
            {
                if (!segment[end..].StartsWith("]]"))
                {
                    Raw(segment);
                    return index;
                }

                trail = segment[(end + 2)..];
            }
            else
            {
                var close = end + 2 <= segment.Length ? segment[(end + 2)..].IndexOf("]]") : -1;
                if (close >= 0)
                {
                    close += end + 2;
                    text = segment[(end + 1)..close].ToString();
                    trail = segment[(close + 2)..];
                    if (trail is [']', ..] && text.Contains('['))
                    {
                        // A bracketed address at the end of the text.
                        text += "]";
                        trail = trail[1..];
                    }
                }
                else
                {
                    mayBeFile = true;
                }
            }

            var target = PercentEncoding.DecodeInLink(segment[..end].ToString()).TrimStart(' ');
            if (IsUrl(target))
            {
                Raw(segment);
                return index;
            }

            var absolute = SubpageLink.Resolve(target, page.Page, out var shown);
            if (!PageTitle.TryParse(absolute, page.Site, out var title))
            {
                Raw(segment);
                return index;
            }

            var isEffective = !target.StartsWith(':');
            if (mayBeFile)
            {
                if (title.Namespace.Id != WikiNamespace.File || title.IsExternal || !isEffective)
                {
                    Raw(absolute, segment[end..]);
                    return index;
                }

                if (!segments.TryFindEnd(_text, index, bound, out var last, out var inner, out trail, out var brokenAt))
                {
                    bound = brokenAt >= 0 ? brokenAt + 1 : bound;
                    Raw(absolute, segment[end..]);
                    return index;
                }

                text = inner[(end + 1)..].ToString();
                index = last;
            }

            Link(title, target, absolute, text, shown, isEffective, trail);
            return index;
        }

        private void Link(PageTitle title, string target, string absolute, string text, string? shown, bool isEffective, ReadOnlySpan<char> trail)
        {
            var wasBlank = text.Length == 0 && shown is null;
            if (text.Length > 0)
            {
                text = PageParser.FormatQuotes(text);
            }
            else
            {
                text = shown ?? absolute;
                text = isEffective ? text : text[1..];
            }

            if (isEffective && TryTakeOut(title, wasBlank ? "" : text, trail))
            {
                return;
            }

            if (title.Namespace.Id != WikiNamespace.Special && title.Equals(page.Page))
            {
                var length = page.Trail.Measure(trail);
                LinkMarkup.WriteSelf(title, string.Concat(text, trail[..length]), page.Options.Anchors, output);
                output.Append(trail[length..]);
                return;
            }

            if (title.Namespace.Id == WikiNamespace.Media)
            {
                page.Files.WriteMediaLink(title, text, output);
                output.Append(trail);
                return;
            }

            var inside = page.Trail.Measure(trail);
            page.Links.Add(title, string.Concat(text, trail[..inside]), output);
            output.Append(trail[inside..]);
        }

        /// <summary>Language links and categories leave the text; files are put in.</summary>
        private bool TryTakeOut(PageTitle title, string text, ReadOnlySpan<char> trail)
        {
            if (title.IsExternal)
            {
                if (!page.Options.HasLanguageLinks || page.Page.Namespace.IsTalk
                    || !page.Site.Interwikis.TryFind(title.Interwiki, out var interwiki) || interwiki.LanguageCode is null)
                {
                    return false;
                }

                page.Index.AddLanguageLink(title);
                DropLineEnd();
                output.Append(trail);
                return true;
            }

            switch (title.Namespace.Id)
            {
                case WikiNamespace.File:
                    if (text.Length > 0)
                    {
                        text = links.ParseCaption(text);
                    }

                    WriteFile(title, text);
                    output.Append(trail);
                    return true;
                case WikiNamespace.Category:
                    page.Index.AddCategory(title, text);
                    DropLineEnd();
                    output.Append(trail);
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>A bracket left in a caption must not meet one after the file and become a link to an address.</summary>
        private void WriteFile(PageTitle title, string text)
        {
            var start = output.Length;
            page.Files.Write(title, text, output);
            if (output.Text[start..].Contains('['))
            {
                var markup = output.Text[start..].ToString();
                output.Truncate(start);
                output.Append(markup.Replace("[", "&#91;", StringComparison.Ordinal));
            }
        }

        /// <summary>Drops a line feed, and blanks around it, before something that leaves no text.</summary>
        private void DropLineEnd()
        {
            var written = output.Text[_start..];
            var visible = written.LastIndexOfAnyExcept(HtmlCharacters.WideBlanks) + 1;
            if (written[visible..].IndexOf('\n') is >= 0 and var newline)
            {
                output.Truncate(_start + visible + newline);
            }
        }

        private void Raw(ReadOnlySpan<char> segment)
        {
            output.Append("[[");
            output.Append(segment);
        }

        /// <summary>What looked like a link and is none, its target made absolute already.</summary>
        private void Raw(string absolute, ReadOnlySpan<char> rest)
        {
            output.Append("[[");
            output.Append(absolute);
            output.Append(rest);
        }
    }

    private string ParseCaption(string text)
    {
        if (_nesting >= MaxNesting)
        {
            return text;
        }

        _nesting++;
        using var external = new TextBuffer(text.Length + 64);
        using var result = new TextBuffer(text.Length + 64);
        page.ExternalLinks.Run(text, external);
        Run(external.Text, result);
        _nesting--;
        return result.ToString();
    }

    /// <summary>The pieces of a text that opening brackets part, with the closing ones counted.</summary>
    private sealed class Segments
    {
        private readonly List<int> _starts = [];

        /// <summary>Closing brackets in each piece: 0, 1 or 2 for more.</summary>
        private readonly List<byte> _closings = [];

        /// <summary>The first piece from each one on whose count is not 1.</summary>
        private int[] _decisive = [];

        public int Count => _starts.Count;

        public static Segments Find(ReadOnlySpan<char> text, int first)
        {
            var found = new Segments();
            for (var at = first; at >= 0;)
            {
                found._starts.Add(at + 2);
                var next = text[(at + 2)..].IndexOf("[[");
                at = next < 0 ? -1 : at + 2 + next;
            }

            for (var i = 0; i < found.Count; i++)
            {
                found._closings.Add(CountClosings(found.Text(text, i)));
            }

            found._decisive = new int[found.Count + 1];
            found._decisive[found.Count] = found.Count;
            for (var i = found.Count - 1; i >= 0; i--)
            {
                found._decisive[i] = found._closings[i] == 1 ? found._decisive[i + 1] : i;
            }

            return found;
        }

        public ReadOnlySpan<char> Text(ReadOnlySpan<char> text, int index)
            => index + 1 < Count ? text[_starts[index]..(_starts[index + 1] - 2)] : text[_starts[index]..];

        /// <summary>
        /// Finds where a file whose caption holds links ends: each link inside closes once, the piece that closes twice ends the file.
        /// </summary>
        /// <param name="last">The piece that ends it.</param>
        /// <param name="inner">From after the opening brackets to before the closing ones.</param>
        /// <param name="trail">What follows in the last piece.</param>
        /// <param name="brokenAt">A piece without closing brackets that ends the search, or -1.</param>
        public bool TryFindEnd(
            ReadOnlySpan<char> text, int index, int bound, out int last, out ReadOnlySpan<char> inner, out ReadOnlySpan<char> trail, out int brokenAt)
        {
            inner = default;
            trail = default;
            brokenAt = -1;
            last = _decisive[index + 1];
            if (last >= bound)
            {
                return false;
            }

            if (_closings[last] == 0)
            {
                brokenAt = last;
                return false;
            }

            var piece = Text(text, last);
            var first = piece.IndexOf("]]") + 2;
            var second = first + piece[first..].IndexOf("]]");
            inner = text[_starts[index]..(_starts[last] + second)];
            trail = piece[(second + 2)..];
            return true;
        }

        private static byte CountClosings(ReadOnlySpan<char> piece)
        {
            var first = piece.IndexOf("]]");
            return first < 0 ? (byte)0 : piece[(first + 2)..].IndexOf("]]") < 0 ? (byte)1 : (byte)2;
        }
    }
}
