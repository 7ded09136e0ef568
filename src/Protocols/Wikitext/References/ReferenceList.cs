using System.Buffers;
using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;

namespace Plenum.Wikitext.References;

/// <summary>The ref and references tags: numbered marks in the text, their texts in a list.</summary>
internal sealed class ReferenceList(PageParser page)
{
    private static readonly string[] RefAttributes = ["name", "group", "follow", "dir", "details", "extends"];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly Dictionary<string, ReferenceGroup> _groups = new(StringComparer.Ordinal);
    private int _lastKey;

    /// <summary>Groups that have marks but no list yet, in order of their first mark.</summary>
    public bool HasUnlisted => _groups.Values.Any(g => g.All.Count > 0);

    /// <summary>A ref tag: the mark it leaves in the text.</summary>
    public string Mark(StrippedTag tag)
    {
        if (Check(tag) is { } problem)
        {
            return Error(problem);
        }

        var (group, name) = (Value(tag, "group") ?? "", Value(tag, "name"));
        var content = string.IsNullOrWhiteSpace(tag.Content) ? null : tag.Content.TrimEnd('\n');
        if (Value(tag, "follow") is { } followed && content is not null)
        {
            Group(group).Find(followed)?.Continuations.Add(content);
            return "";
        }

        if (content is null && name is null)
        {
            return Error("cite_error_no_input");
        }

        var reference = (name is null ? null : Group(group).Find(name)) ?? Group(group).Add(++_lastKey, name);
        GiveText(reference, content);
        reference.Direction = tag["dir"] is "ltr" or "rtl" ? tag["dir"]! : reference.Direction;
        var use = reference.Uses++;
        using var output = new TextBuffer();
        output.Append("<sup");
        WriteId(reference.MarkId(use), output);
        output.Append(" class=\"reference\"><a");
        TagAttributes.Write("href", "#" + SectionId.EncodeForLink(reference.NoteId, page.Options.Anchors), output);
        output.Append("><span class=\"cite-bracket\">&#91;</span>");
        LinkMarkup.AppendText(group.Length > 0 ? $"{group} {reference.Number}" : reference.Number.ToString(CultureInfo.InvariantCulture), output);
        output.Append("<span class=\"cite-bracket\">&#93;</span></a></sup>");
        return output.ToString();
    }

    /// <summary>A references tag: the list of a group, which starts anew after it.</summary>
    public string List(StrippedTag tag)
    {
        var group = Value(tag, "group") ?? "";
        var problems = tag.Content is null ? [] : ReadDefinitions(tag, group);
        using var output = new TextBuffer();
        Write(group, isResponsive: tag["responsive"] is not "0", output);
        foreach (var problem in problems)
        {
            output.Append('\n');
            output.Append(problem);
        }

        return output.ToString();
    }

    /// <summary>Lists of all groups that have none, for the end of the page.</summary>
    public string ListRest()
    {
        using var output = new TextBuffer();
        foreach (var group in _groups.Keys.ToArray())
        {
            output.Append(output.Length > 0 ? "\n" : "");
            Write(group, isResponsive: true, output);
        }

        return output.ToString();
    }

    /// <summary>References defined inside the list: each gives the text of one used above.</summary>
    private List<string> ReadDefinitions(StrippedTag list, string group)
    {
        List<string> problems = [];
        var content = page.Expanded.Expand(list);
        for (var rest = content.AsSpan(); rest.IndexOf(StripMarker.Delimiter) is >= 0 and var at;)
        {
            rest = rest[at..];
            if (!StripMarker.TryRead(rest, out var index, out var length))
            {
                rest = rest[1..];
                continue;
            }

            rest = rest[length..];
            if (page.Expanded.Stripped[index] is StrippedTag { Name: "ref" } tag)
            {
                page.Tags.Skip(index);
                if (Define(tag, group) is { } problem)
                {
                    problems.Add(problem);
                }
            }
        }

        return problems;
    }

    private string? Define(StrippedTag tag, string group)
    {
        if (Check(tag) is { } problem)
        {
            return Error(problem);
        }

        var name = Value(tag, "name");
        if (name is null || string.IsNullOrWhiteSpace(tag.Content))
        {
            return Error("cite_error_no_input");
        }

        if (Group(Value(tag, "group") ?? group).Find(name) is not { } reference)
        {
            return Error("cite_error_unused", name);
        }

        GiveText(reference, tag.Content.TrimEnd('\n'));
        return null;
    }

    private static void GiveText(Reference reference, string? content)
    {
        reference.HasConflict |= content is not null && reference.Content is not null && reference.Content.Trim() != content.Trim();
        reference.Content ??= content;
    }

    private void Write(string name, bool isResponsive, TextBuffer output)
    {
        if (!_groups.TryGetValue(name, out var group))
        {
            return;
        }

        output.Append(isResponsive ? "<div class=\"mw-references-wrap\"><ol" : "<ol");
        TagAttributes.Write("class", "references", output);
        if (name.Length > 0)
        {
            TagAttributes.Write("data-group", name, output);
        }

        output.Append(">\n");

        // A text may hold references itself, which join the list while it is written.
        for (var i = 0; i < group.All.Count; i++)
        {
            WriteEntry(group.All[i], output);
        }

        output.Append(isResponsive ? "</ol></div>" : "</ol>");
        _groups.Remove(name);
    }

    private void WriteEntry(Reference reference, TextBuffer output)
    {
        var text = reference.Content is { } content ? page.ParseInline(content) : Error("cite_error_no_text", reference.Name ?? "");
        if (reference.HasConflict)
        {
            text += " " + Error("cite_error_duplicate", reference.Name ?? "");
        }

        foreach (var continuation in reference.Continuations)
        {
            text += " " + page.ParseInline(continuation);
        }

        output.Append("<li");
        WriteId(reference.NoteId, output);
        if (reference.Direction.Length > 0)
        {
            TagAttributes.Write("class", "mw-cite-dir-" + reference.Direction, output);
        }

        output.Append("><span class=\"mw-cite-backlink\">");
        WriteBacklinks(reference, output);
        output.Append("</span> <span class=\"reference-text\">");
        output.Append(text);
        output.Append("</span>\n</li>\n");
    }

    private void WriteBacklinks(Reference reference, TextBuffer output)
    {
        if (reference.Uses == 1)
        {
            WriteBacklink(reference, 0, "↑", output);
            return;
        }

        output.Append("↑");
        for (var use = 0; use < reference.Uses; use++)
        {
            output.Append(" <sup>");
            WriteBacklink(reference, use, Letters(use), output);
            output.Append("</sup>");
        }
    }

    private void WriteBacklink(Reference reference, int use, string label, TextBuffer output)
    {
        output.Append("<a");
        TagAttributes.Write("href", "#" + SectionId.EncodeForLink(reference.MarkId(use), page.Options.Anchors), output);
        TagAttributes.Write("aria-label", page.Texts["cite_references_link_one"], output);
        output.Append('>');
        output.Append(label);
        output.Append("</a>");
    }

    /// <summary>a, b ... z, aa, ab ...</summary>
    private static string Letters(int number)
    {
        var letters = "";
        for (var rest = number + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('a' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }

    private void WriteId(string id, TextBuffer output) => TagAttributes.Write("id", SectionId.Encode(id, page.Options.Anchors), output);

    private string? Check(StrippedTag tag)
    {
        if (tag.Content is { } content && HoldsTag(content))
        {
            return "cite_error_included_ref";
        }

        if (tag.Attributes.Any(a => Array.IndexOf(RefAttributes, a.Key) < 0))
        {
            return "cite_error_unknown_key";
        }

        return Value(tag, "name") is { } name && name.All(char.IsAsciiDigit) ? "cite_error_numeric_name" : null;
    }

    /// <summary>True if a text ends where the next reference does because its own end tag is missing: it holds the start of that one.</summary>
    private bool HoldsTag(ReadOnlySpan<char> text)
    {
        HashSet<string> unclosed = new(StringComparer.OrdinalIgnoreCase);
        while (text.IndexOf('<') is >= 0 and var at)
        {
            text = text[(at + 1)..];
            if (text.StartsWith("!--"))
            {
                text = text[Math.Max(text.IndexOf("-->"), 0)..];
                continue;
            }

            var end = text.IndexOfAnyExcept(NameCharacters);
            var name = (end < 0 ? text : text[..end]).ToString();
            if (name.Equals("ref", StringComparison.OrdinalIgnoreCase) || name.Equals("references", StringComparison.OrdinalIgnoreCase))
            {
                return text.Contains('>');
            }

            if (TagNames.For(page.Site.ExtensionTags).IsExtension(name) && !unclosed.Contains(name))
            {
                var close = text.IndexOf($"</{name}>", StringComparison.OrdinalIgnoreCase);
                text = text[Math.Max(close, 0)..];
                if (close < 0)
                {
                    unclosed.Add(name);
                }
            }
        }

        return false;
    }

    private static string? Value(StrippedTag tag, string attribute)
        => tag[attribute] is { } value && PageParser.PlainMarkers(value).Trim() is { Length: > 0 } plain ? plain : null;

    private ReferenceGroup Group(string name)
    {
        if (!_groups.TryGetValue(name, out var group))
        {
            _groups[name] = group = new();
        }

        return group;
    }

    private string Error(string key, string value = "")
    {
        var message = page.Texts[key, value];
        page.Warn(PageWarningKind.Reference, message);
        using var output = new TextBuffer();
        output.Append("<span class=\"error mw-ext-cite-error\">");
        LinkMarkup.AppendText(message, output);
        output.Append("</span>");
        return output.ToString();
    }
}
