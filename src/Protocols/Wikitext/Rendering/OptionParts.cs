namespace Plenum.Wikitext.Rendering;

/// <summary>Parts the options of a file link at bars; language conversion markup <c>-{a|b}-</c> holds its bars together.</summary>
internal static class OptionParts
{
    public static List<string> Split(string text)
    {
        List<string> parts = [];
        var start = 0;
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '|' when depth == 0:
                    parts.Add(text[start..at]);
                    start = at + 1;
                    break;
                case '-' when at + 1 < text.Length && text[at + 1] == '{' && text.IndexOf("}-", at + 2, StringComparison.Ordinal) >= 0:
                    depth++;
                    at++;
                    break;
                case '}' when depth > 0 && at + 1 < text.Length && text[at + 1] == '-':
                    depth--;
                    at++;
                    break;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
