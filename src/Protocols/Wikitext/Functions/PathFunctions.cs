namespace Plenum.Wikitext.Functions;

/// <summary>Functions over page names with slashes.</summary>
internal static class PathFunctions
{
    /// <summary>#titleparts looks at no more parts; the last one keeps its slashes.</summary>
    private const int MaxParts = 25;

    /// <summary><c>{{#rel2abs:path|base}}</c>; without a base the page itself.</summary>
    public static FunctionOutcome ToAbsolute(FunctionCall call)
    {
        var from = call.Text(1);
        from = from.Length == 0 ? call.Expander.Page.PrefixedText : from;
        var path = call.First.TrimEnd(' ', '/');
        if (path.Length == 0 || path == ".")
        {
            return call.Write(from);
        }

        var isRelative = path[0] == '/' || path == ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);
        var all = isRelative ? from + "/" + path : path;
        var steps = all.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".").ToList();
        var result = new List<string>(steps.Count);
        foreach (var step in steps)
        {
            if (step != "..")
            {
                result.Add(step);
            }
            else if (result.Count > 0)
            {
                result.RemoveAt(result.Count - 1);
            }
            else
            {
                return call.Fail(call.Expander.Texts.PathTooDeep(Escape(string.Join('/', steps))));
            }
        }

        return call.Write(string.Join('/', result));
    }

    /// <summary><c>{{#titleparts:title|count|first}}</c>: parts between slashes; negative figures count from the end.</summary>
    public static FunctionOutcome TitleParts(FunctionCall call)
    {
        if (call.Title(call.First) is not { } title)
        {
            return call.Write(call.First);
        }

        var count = PhpValue.ToInteger(call.Text(1));
        var offset = PhpValue.ToInteger(call.Text(2));
        var parts = title.PrefixedText.Split('/', MaxParts);
        offset = offset > 0 ? offset - 1 : offset;
        var start = (int)Math.Clamp(offset < 0 ? parts.Length + offset : offset, 0, parts.Length);
        var end = count switch
        {
            0 => parts.Length,
            > 0 => Math.Min(parts.Length, start + Math.Min(count, MaxParts)),
            _ => Math.Max(start, parts.Length + Math.Max(count, -MaxParts)),
        };
        return call.Write(string.Join('/', parts[start..(int)end]));
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
