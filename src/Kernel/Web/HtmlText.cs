namespace Plenum.Kernel.Web;

/// <summary>Text within HTML that is written by hand: pages are UTF-8, so letters stay as they are.</summary>
public static class HtmlText
{
    /// <summary>Escapes a string for element content and for attribute values in double quotes (HTML §13.3, "escaping a string").</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\u00A0", "&nbsp;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
