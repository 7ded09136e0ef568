using System.Text;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>Functions that say something about the page instead of showing something.</summary>
internal static class PropertyFunctions
{
    /// <summary>Only decorates: a text that does not name the page itself gives way to one that does.</summary>
    public static FunctionOutcome DisplayTitle(FunctionCall call)
    {
        var text = TextFunctions.WithoutMarkers(call.First);
        var collected = call.Expander.Collected;
        if (!PageTitle.TryParse(PlainText(text), call.Site, out var title) || title.Fragment.Length > 0 || !title.Equals(call.Expander.Page))
        {
            collected.OtherDisplayTitle = text;
            return FunctionOutcome.Written;
        }

        var old = collected.DisplayTitle;
        var option = call.Text(1);
        var (isQuiet, keepsOld) = Options(call, option);
        if (old is null || !keepsOld)
        {
            collected.DisplayTitle = text;
        }

        return old is not null && old != text && !isQuiet
            ? call.Write(ExpansionTexts.Error(call.Expander.Texts.DuplicateTitle(WikiEscape.Escape(old), WikiEscape.Escape(text))))
            : FunctionOutcome.Written;
    }

    public static FunctionOutcome DefaultSort(FunctionCall call)
    {
        if (call.First.Length == 0)
        {
            return FunctionOutcome.Written;
        }

        var collected = call.Expander.Collected;
        var old = collected.DefaultSort;
        var (isQuiet, keepsOld) = Options(call, call.Text(1));
        if (old is null || !keepsOld)
        {
            collected.DefaultSort = call.First;
        }

        return old is not null && old != call.First && !isQuiet
            ? call.Write(ExpansionTexts.Error(call.Expander.Texts.DuplicateSortKey(WikiEscape.Escape(old), WikiEscape.Escape(call.First))))
            : FunctionOutcome.Written;
    }

    private static (bool IsQuiet, bool KeepsOld) Options(FunctionCall call, string option)
    {
        var keepsOld = call.Expander.Words.Is("noreplace", option);
        return (keepsOld || call.Expander.Words.Is("noerror", option), keepsOld);
    }

    /// <summary>Without tags and quotes.</summary>
    private static string PlainText(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '<' && text.IndexOf('>', at) is > 0 and var end && at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '/'))
            {
                at = end;
                continue;
            }

            if (text[at] == '\'' && at + 1 < text.Length && text[at + 1] == '\'')
            {
                while (at + 1 < text.Length && text[at + 1] == '\'')
                {
                    at++;
                }

                continue;
            }

            result.Append(text[at]);
        }

        return result.ToString();
    }
}
