namespace Plenum.Wikitext.Functions;

/// <summary>Recognises the error boxes of functions: <c>&lt;strong class="error"></c>, also span, p and div.</summary>
internal static class ErrorMark
{
    private static readonly string[] s_elements = ["strong", "span", "p", "div"];

    public static bool IsIn(string text)
    {
        var at = text.IndexOf('<');
        while (at >= 0)
        {
            var end = text.IndexOf('>', at);
            end = end < 0 ? text.Length : end;
            if (IsElement(text.AsSpan(at + 1)) && HasErrorClass(text.AsSpan(at, end - at)))
            {
                return true;
            }

            // A tag inside the tag's own text is looked at only if this one was of another kind.
            var next = IsElement(text.AsSpan(at + 1)) ? end : at + 1;
            at = next < text.Length ? text.IndexOf('<', next) : -1;
        }

        return false;
    }

    private static bool IsElement(ReadOnlySpan<char> text)
    {
        foreach (var element in s_elements)
        {
            if (text.StartsWith(element) && text.Length > element.Length && IsWhite(text[element.Length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks at every class attribute of a tag for the word.</summary>
    private static bool HasErrorClass(ReadOnlySpan<char> tag)
    {
        const string Attribute = "class=\"";
        for (var at = tag.IndexOf(Attribute); at >= 0;)
        {
            var value = tag[(at + Attribute.Length)..];
            var quote = value.IndexOf('"');
            if (quote < 0)
            {
                return false;
            }

            if (at > 0 && IsWhite(tag[at - 1]) && HasWord(value[..quote]))
            {
                return true;
            }

            tag = value;
            at = tag.IndexOf(Attribute);
        }

        return false;
    }

    private static bool HasWord(ReadOnlySpan<char> classes)
    {
        foreach (var range in classes.SplitAny(" \t\n\r\f\v"))
        {
            if (classes[range] is "error")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWhite(char c) => c is ' ' or (>= '\t' and <= '\r');
}
