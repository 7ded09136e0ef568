using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;

namespace Plenum.Wikitext.Parsing;

/// <summary>
/// Numbers the headings of a half-parsed page, remembers which can be edited on their own, and decides where the table of contents
/// goes. The number stays on the element as an attribute until the tree is built.
/// </summary>
internal sealed class HeadingMarks
{
    /// <summary>Holds the heading's number; authors cannot write it, readers do not get it.</summary>
    public const string Attribute = "data-mw-heading";

    /// <summary>Pages with fewer headings get a table of contents only when they ask for one.</summary>
    private const int MinForContents = 4;

    /// <summary>The headings by number.</summary>
    public List<HeadingMark> All { get; } = [];

    /// <summary>True if the page has a table of contents.</summary>
    public bool HasContents { get; private set; }

    /// <summary>Numbers the headings inside an extension tag: they are no sections of the page.</summary>
    public string RunInTag(string text, ExpandedText expanded)
    {
        if (!text.Contains("<h", StringComparison.Ordinal))
        {
            return text;
        }

        using var output = new TextBuffer(text.Length + 64);
        Write(text, Find(text), isSection: false, hasPlace: true, output, expanded);
        return output.ToString();
    }

    /// <summary>Numbers the headings of the page.</summary>
    public void Run(ReadOnlySpan<char> text, TextBuffer output, ExpandedText expanded)
    {
        var places = Find(text);
        var switches = expanded.Switches;
        var isForced = switches.HasFlag(BehaviourSwitches.ForceContents);
        var hasPlace = switches.HasFlag(BehaviourSwitches.Contents);
        HasContents = places.Count > 0
            && (isForced || hasPlace || (places.Count >= MinForContents && !switches.HasFlag(BehaviourSwitches.NoContents)));
        Write(text, places, isSection: true, hasPlace || !HasContents, output, expanded);
    }

    private void Write(
        ReadOnlySpan<char> text, List<(int Start, int ContentStart)> places, bool isSection, bool hasPlace, TextBuffer output, ExpandedText expanded)
    {
        var done = 0;
        foreach (var (start, contentStart) in places)
        {
            output.Append(text[done..start]);
            if (done == 0 && !hasPlace)
            {
                output.Append(Contents.Place);
                output.Append('\n');
            }

            output.Append(text[start..(start + 3)]);
            output.Append($" {Attribute}=\"");
            output.Append(All.Count);
            output.Append('"');
            output.Append(text[(start + 3)..contentStart]);
            done = contentStart;
            All.Add(new(ReadMarker(text[contentStart..], expanded, out var skip), isSection));
            done += skip;
        }

        output.Append(text[done..]);
    }

    private static StrippedHeading? ReadMarker(ReadOnlySpan<char> content, ExpandedText expanded, out int skip)
    {
        skip = 0;
        if (!StripMarker.TryRead(content, out var index, out var length) || index >= expanded.Stripped.Count
            || expanded.Stripped[index] is not StrippedHeading heading)
        {
            return null;
        }

        skip = length + (content.Length - length - content[length..].TrimStart().Length);
        return heading;
    }

    /// <summary>Start tags of headings that have an end tag, with the position after each.</summary>
    private static List<(int Start, int ContentStart)> Find(ReadOnlySpan<char> text)
    {
        List<(int, int)> found = [];
        for (var at = 0; at < text.Length;)
        {
            var step = text[at..].IndexOf("<h");
            if (step < 0)
            {
                break;
            }

            at += step;
            if (at + 2 >= text.Length || text[at + 2] is not (>= '1' and <= '6'))
            {
                at += 2;
                continue;
            }

            var close = text[at..].IndexOf('>');
            var end = close < 0 ? -1 : FindEnd(text, at + close);
            if (end < 0)
            {
                break;
            }

            found.Add((at, at + close + 1));
            at = end;
        }

        return found;
    }

    private static int FindEnd(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; at < text.Length;)
        {
            var step = text[at..].IndexOf("</h");
            if (step < 0)
            {
                return -1;
            }

            at += step + 3;
            if (at < text.Length && text[at] is >= '1' and <= '6')
            {
                return at;
            }
        }

        return -1;
    }
}

/// <summary>What is known of a heading before the tree is built.</summary>
/// <param name="Source">Where it can be edited on its own; null if it cannot.</param>
/// <param name="IsSection">True if it belongs to the page's outline.</param>
internal readonly record struct HeadingMark(StrippedHeading? Source, bool IsSection);
