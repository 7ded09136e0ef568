using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Parsing;

/// <summary>Finds the colon that parts a term from its definition: the first one outside tags and elements.</summary>
internal static class TermColon
{
    /// <returns>Position of the colon; -1 if there is none.</returns>
    public static int Find(ReadOnlySpan<char> line)
    {
        var depth = 0;
        for (var at = 0; at < line.Length; at++)
        {
            var step = line[at..].IndexOfAny(':', '<', '-');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            switch (line[at])
            {
                case ':' when depth == 0:
                    return at;
                case '<':
                    at = SkipTag(line, at, ref depth);
                    break;
                case '-' when at + 1 < line.Length && line[at + 1] == '{':
                    at = SkipConversion(line, at);
                    break;
            }

            if (at < 0)
            {
                return -1;
            }
        }

        return -1;
    }

    /// <returns>Position of the tag's end; -1 if it has none.</returns>
    private static int SkipTag(ReadOnlySpan<char> line, int at, ref int depth)
    {
        var rest = line[at..];
        var end = rest.IndexOf('>');
        if (end < 0)
        {
            return -1;
        }

        if (rest is ['<', '/', ..])
        {
            depth = Math.Max(depth - 1, 0);
        }
        else if (end > 1 && rest[end - 1] != '/')
        {
            var name = rest[1..end];
            var length = name.IndexOfAny(" \t\n/");
            name = length < 0 ? name : name[..length];
            depth += ElementName.Of(name).Is(ElementTraits.Void) ? 0 : 1;
        }

        return at + end;
    }

    /// <summary>Language conversion markup <c>-{ }-</c> hides colons.</summary>
    private static int SkipConversion(ReadOnlySpan<char> line, int at)
    {
        var depth = 0;
        for (; at + 1 < line.Length; at++)
        {
            if (line[at] == '-' && line[at + 1] == '{')
            {
                depth++;
                at++;
            }
            else if (line[at] == '}' && line[at + 1] == '-')
            {
                at++;
                if (--depth == 0)
                {
                    return at;
                }
            }
        }

        return -1;
    }
}
