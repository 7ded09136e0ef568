namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>One piece of wikitext between two places of its source. Nodes of one level form a chain.</summary>
/// <param name="source">The text that was parsed.</param>
/// <param name="start">First character.</param>
/// <param name="end">Character after the last one.</param>
internal abstract class Node(string source, int start, int end)
{
    public string Source => source;

    public int Start { get; set; } = start;

    public int End { get; set; } = end;

    public Node? Next { get; set; }

    public ReadOnlySpan<char> Span => source.AsSpan(Start, End - Start);
}

internal sealed class TextNode(string source, int start, int end) : Node(source, start, end);

/// <summary><c>&lt;!-- --&gt;</c>; with the rest of its line if it fills whole lines.</summary>
internal sealed class CommentNode(string source, int start, int end) : Node(source, start, end);

/// <summary>What noinclude, includeonly and onlyinclude hide, and those tags themselves.</summary>
internal sealed class IgnoredNode(string source, int start, int end) : Node(source, start, end);

/// <summary>An extension tag with everything up to its end tag.</summary>
internal sealed class TagNode(string source, int start, int end) : Node(source, start, end)
{
    public required string Name { get; init; }

    public required Range Attributes { get; init; }

    /// <summary>Between start and end tag; null for an empty-element tag.</summary>
    public required Range? Content { get; init; }
}

/// <summary><c>{{ }}</c> or <c>{{{ }}}</c>.</summary>
internal abstract class BracesNode(string source, int start, int end, NodeList title, Part[] parts) : Node(source, start, end)
{
    public NodeChain Title => new(title.First, null);

    public Part[] Parts => parts;
}

/// <summary>A template, variable or function between double braces.</summary>
internal sealed class CallNode(string source, int start, int end, NodeList title, Part[] parts, bool isAtLineStart)
    : BracesNode(source, start, end, title, parts)
{
    public bool IsAtLineStart => isAtLineStart;
}

/// <summary>A template argument between triple braces; its first part is the default.</summary>
internal sealed class ArgumentNode(string source, int start, int end, NodeList title, Part[] parts) : BracesNode(source, start, end, title, parts);

/// <summary>A line that starts and ends with equals signs.</summary>
internal sealed class HeadingNode(string source, int start, int end, NodeList children, int level, int number) : Node(source, start, end)
{
    public NodeChain Children => new(children.First, null);

    public int Level => level;

    /// <summary>Number among all such lines of the text, from 1.</summary>
    public int Number => number;

    /// <summary>True outside of all braces: it opens a section.</summary>
    public bool OpensSection { get; set; }
}

/// <summary>The equals sign between name and value of a part.</summary>
internal sealed class EqualsNode(string source, int at) : Node(source, at, at + 1);

/// <summary>What stands between two pipes of a call.</summary>
/// <param name="Nodes">Everything, with the equals sign.</param>
/// <param name="Sign">The first equals sign, or null.</param>
/// <param name="Position">From 1 among the parts without a name; 0 for a part with a name.</param>
internal readonly record struct Part(NodeList Nodes, EqualsNode? Sign, int Position)
{
    public bool IsNamed => Sign is not null;

    public NodeChain All => new(Nodes.First, null);

    /// <summary>Before the equals sign.</summary>
    public NodeChain Name => Sign is null ? default : new(Nodes.First, Sign);

    /// <summary>After the equals sign, or everything.</summary>
    public NodeChain Value => Sign is null ? All : new(Sign.Next, null);
}
