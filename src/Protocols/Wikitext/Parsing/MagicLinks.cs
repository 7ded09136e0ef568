using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Parsing;

/// <summary>Addresses without brackets, and, where the wiki wants it, <c>ISBN</c>, <c>RFC</c> and <c>PMID</c> with a number.</summary>
internal sealed class MagicLinks(PageParser page)
{
    private static readonly SearchValues<char> Interesting = SearchValues.Create("<:");
    private static readonly SearchValues<char> InterestingWithWords = SearchValues.Create("<:IRP");

    public void Run(ReadOnlySpan<char> text, TextBuffer output)
    {
        var interesting = page.Options.MagicLinks == MagicLinkKinds.None ? Interesting : InterestingWithWords;
        var done = 0;
        var anchorEnds = new Cursor("</a>");
        var lineEnds = new Cursor("\n");
        for (var at = 0; at < text.Length;)
        {
            var step = text[at..].IndexOfAny(interesting);
            if (step < 0)
            {
                break;
            }

            at += step;
            var end = at + 1;
            switch (text[at])
            {
                case '<':
                    end = SkipTag(text, at, ref anchorEnds, ref lineEnds);
                    break;
                case ':':
                    var start = ExternalUrl.SchemeStart(text, at, out var scheme);
                    var length = start < done ? 0 : ExternalUrl.Measure(text[start..], scheme);
                    if (length > 0)
                    {
                        output.Append(text[done..start]);
                        WriteFree(text.Slice(start, length), scheme, output);
                        done = end = start + length;
                    }

                    break;
                default:
                    var word = at > 0 && IsWord(text[at - 1]) ? 0 : MeasureWord(text[at..]);
                    if (word > 0)
                    {
                        output.Append(text[done..at]);
                        WriteWord(text.Slice(at, word), output);
                        done = end = at + word;
                    }

                    break;
            }

            at = end;
        }

        output.Append(text[done..]);
    }

    /// <summary>Links and tags stay as they are, as far as they end on their line.</summary>
    private static int SkipTag(ReadOnlySpan<char> text, int at, ref Cursor anchorEnds, ref Cursor lineEnds)
    {
        var line = lineEnds.Next(text, at);
        var lineEnd = line < 0 ? text.Length : line;
        if (text[at..].StartsWith("<a ") && anchorEnds.Next(text, at) is >= 0 and var end && end < lineEnd)
        {
            return end + 4;
        }

        var close = text[at..lineEnd].IndexOf('>');
        return close < 0 ? at + 1 : at + close + 1;
    }

    private void WriteFree(ReadOnlySpan<char> url, int schemeLength, TextBuffer output)
    {
        var length = EndOfFree(url);
        if (length <= schemeLength)
        {
            output.Append(url); // Only a scheme.
            return;
        }

        var clean = ExternalUrl.Clean(url[..length]);
        if (!page.TryWriteExternalImage(clean, output))
        {
            LinkMarkup.OpenExternal(clean, "free", page.Options, output);
            LinkMarkup.AppendText(clean, output);
            output.Append("</a>");
            page.Index.AddExternalLink(clean);
        }

        output.Append(url[length..]);
    }

    /// <summary>References to angle brackets and hard blanks end an address; punctuation at its end belongs to the sentence.</summary>
    private static int EndOfFree(ReadOnlySpan<char> url)
    {
        for (var at = url.IndexOf('&'); at >= 0;)
        {
            if (CharacterReferences.TryRead(url[at..], out var decoded, out _) && decoded is "<" or ">" or "\u00A0" && IsPlainName(url[at..]))
            {
                url = url[..at];
                break;
            }

            var next = url[(at + 1)..].IndexOf('&');
            at = next < 0 ? -1 : at + 1 + next;
        }

        var punctuation = url.Contains('(') ? ",;\\.:!?" : ",;\\.:!?)";
        var end = url.LastIndexOfAnyExcept(punctuation) + 1;

        // The semicolon of a reference belongs to it.
        if (end < url.Length && url[end] == ';' && IsReferenceBefore(url[..end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsPlainName(ReadOnlySpan<char> reference)
        => reference is ['&', '#', ..] or ['&', 'l', 't', ';', ..] or ['&', 'g', 't', ';', ..] or ['&', 'n', 'b', 's', 'p', ';', ..];

    private static bool IsReferenceBefore(ReadOnlySpan<char> text)
    {
        var start = text.LastIndexOf('&') + 1;
        if (start == 0 || start == text.Length)
        {
            return false;
        }

        var name = text[start..];
        return name is ['#', 'x' or 'X', _, ..] ? name[2..].IndexOfAnyExcept(Hex) < 0
            : name is ['#', _, ..] ? name[1..].IndexOfAnyExceptInRange('0', '9') < 0
            : name.IndexOfAnyExcept(Letters) < 0;
    }

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private int MeasureWord(ReadOnlySpan<char> text)
    {
        var kinds = page.Options.MagicLinks;
        if (text.StartsWith("ISBN") && kinds.HasFlag(MagicLinkKinds.Isbn))
        {
            return MeasureIsbn(text);
        }

        var word = text.StartsWith("RFC") && kinds.HasFlag(MagicLinkKinds.Rfc) ? 3
            : text.StartsWith("PMID") && kinds.HasFlag(MagicLinkKinds.Pmid) ? 4 : 0;
        var at = word == 0 ? 0 : SkipSpaces(text, word);
        if (at == word)
        {
            return 0;
        }

        var digits = text[at..].IndexOfAnyExceptInRange('0', '9');
        var end = digits < 0 ? text.Length : at + digits;
        return end == at || (end < text.Length && IsWord(text[end])) ? 0 : end;
    }

    private static int MeasureIsbn(ReadOnlySpan<char> text)
    {
        var start = SkipSpaces(text, 4);
        if (start == 4)
        {
            return 0;
        }

        var isLong = text[start..] is ['9', '7', '8' or '9', ..];
        return isLong && MeasureDigits(text, start, 13) is > 0 and var length ? length : MeasureDigits(text, start, 10);
    }

    /// <summary>Digits, each but the last followed by at most one blank or hyphen; the last may be X; no word may go on.</summary>
    private static int MeasureDigits(ReadOnlySpan<char> text, int at, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            if (at >= text.Length || !(char.IsAsciiDigit(text[at]) || (i == count && text[at] is 'x' or 'X')))
            {
                return 0;
            }

            at++;
            if (i < count)
            {
                at += at < text.Length && text[at] == '-' ? 1 : MeasureSpace(text[at..]);
            }
        }

        return at < text.Length && IsWord(text[at]) ? 0 : at;
    }

    private static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        while (MeasureSpace(text[at..]) is > 0 and var length)
        {
            at += length;
        }

        return at;
    }

    /// <summary>A blank that ends no line, also written as a reference.</summary>
    private static int MeasureSpace(ReadOnlySpan<char> text)
        => text switch
        {
            [] => 0,
            ['\t', ..] => 1,
            ['&', ..] => CharacterReferences.TryRead(text, out var decoded, out var length) && decoded == "\u00A0" ? length : 0,
            [var c, ..] => ExternalUrl.IsSpace(c) ? 1 : 0,
        };

    private void WriteWord(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (text[0] != 'I')
        {
            var isRfc = text[0] == 'R';
            page.Tracking.Add(isRfc ? TrackingTable.Rfc : TrackingTable.Pmid);
            var number = text[(text.LastIndexOfAnyExceptInRange('0', '9') + 1)..];
            var url = string.Concat(isRfc ? "https://datatracker.ietf.org/doc/html/rfc" : "//www.ncbi.nlm.nih.gov/pubmed/", number, isRfc ? "" : "?dopt=Abstract");
            LinkMarkup.OpenExternal(url, isRfc ? "mw-magiclink-rfc" : "mw-magiclink-pmid", page.Options, output);
            output.Append(isRfc ? "RFC " : "PMID ");
            output.Append(number);
            output.Append("</a>");
            return;
        }

        page.Tracking.Add(TrackingTable.Isbn);
        var shown = new StringBuilder();
        for (var at = SkipSpaces(text, 4); at < text.Length;)
        {
            var blank = MeasureSpace(text[at..]);
            shown.Append(blank > 0 ? ' ' : text[at]);
            at += Math.Max(blank, 1);
        }

        var isbn = shown.ToString();
        var plain = isbn.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);
        LinkMarkup.OpenIsbn(plain, page.Site, output);
        output.Append("ISBN ");
        output.Append(isbn);
        output.Append("</a>");
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>Remembers where a text occurs next, so that looking for it again and again costs one reading in all.</summary>
    private ref struct Cursor(string sought)
    {
        private int _next = -2;

        public int Next(ReadOnlySpan<char> text, int from)
        {
            if (_next == -1 || _next >= from)
            {
                return _next;
            }

            var found = text[from..].IndexOf(sought);
            return _next = found < 0 ? -1 : from + found;
        }
    }
}
