using Microsoft.AspNetCore.Components;
using Plenum.Ui.Markdown;

namespace Plenum.Site.Web;

/// <summary>Descriptions in Markdown: their first paragraph as the lead of a page, the rest as text.</summary>
internal static class Plain
{
    /// <summary>The first paragraph; a text that begins with a heading has no lead.</summary>
    public static MarkupString Lead(string markdown) => Markup(Split(markdown).Lead);

    public static string Rest(string markdown) => Split(markdown).More;

    /// <param name="topLevel">Level of its highest heading.</param>
    public static MarkupString Markup(string markdown, int topLevel = 2) => MarkdownRenderer.Render(markdown, topLevel).Markup;

    /// <summary>The beginning of a text in one line without its marks, for search engines and lists.</summary>
    public static string Cut(string text, int length)
    {
        var flat = string.Join(' ', text.Replace("**", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (flat.Length <= length)
        {
            return flat;
        }

        var end = flat.LastIndexOf(' ', length);
        var cut = end > length / 2 ? end : char.IsHighSurrogate(flat[length - 1]) ? length - 1 : length;
        return flat[..cut].TrimEnd(',', ';', ':', ' ') + " …";
    }

    private static (string Lead, string More) Split(string markdown)
    {
        var text = markdown.Trim().Replace("\r\n", "\n", StringComparison.Ordinal);
        if (text.StartsWith('#'))
        {
            return ("", text);
        }

        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }
}
