using System.Net;
using System.Text;

namespace Plenum.Discussions.Posting;

/// <summary>The words of HTML that our own writer made: well-formed, so one pass without a parser will do.</summary>
internal static class WordsOfHtml
{
    private static readonly string[] Breaks = ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "table", "ul", "ol", "dt", "dd"];

    public static string Of(string html)
    {
        var words = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            words.Append(html, at, (tag < 0 ? html.Length : tag) - at);
            var end = tag < 0 ? -1 : html.IndexOf('>', tag);
            if (end < 0)
            {
                break;
            }

            if (IsBreak(html.AsSpan(tag + 1, end - tag - 1)) && words.Length > 0 && words[^1] != '\n')
            {
                words.Append('\n');
            }

            at = end + 1;
        }

        return WebUtility.HtmlDecode(words.ToString()).Trim();
    }

    private static bool IsBreak(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart('/');
        var end = name.IndexOf(' ');
        return Breaks.AsSpan().Contains((end < 0 ? name : name[..end]).ToString());
    }
}
