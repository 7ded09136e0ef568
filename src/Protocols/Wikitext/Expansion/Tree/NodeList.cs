namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>A chain of nodes that can be appended to, and joined with another, at constant cost.</summary>
internal struct NodeList
{
    public Node? First { get; private set; }

    public Node? Last { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Add(Node node)
    {
        if (Last is null)
        {
            First = node;
        }
        else
        {
            Last.Next = node;
        }

        Last = node;
    }

    /// <summary>Adds literal text; text that continues the last one makes it longer.</summary>
    public void AddText(string source, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        if (Last is TextNode text && text.End == start)
        {
            text.End = end;
            return;
        }

        Add(new TextNode(source, start, end));
    }

    /// <summary>Moves all nodes of another list to the end of this one.</summary>
    public void Append(NodeList other)
    {
        if (other.First is not { } first)
        {
            return;
        }

        if (Last is TextNode left && first is TextNode right && left.End == right.Start)
        {
            left.End = right.End;
            if (right.Next is null)
            {
                return;
            }

            Last.Next = right.Next;
            Last = other.Last;
            return;
        }

        if (Last is null)
        {
            this = other;
            return;
        }

        Last.Next = first;
        Last = other.Last;
    }
}

/// <summary>Nodes in a row.</summary>
/// <param name="First">The first one; null if there is none.</param>
/// <param name="End">The node after the last one; null if they end the chain.</param>
internal readonly record struct NodeChain(Node? First, Node? End)
{
    public bool IsEmpty => First == End;

    /// <summary>The text if there is nothing else, so that no copy is needed.</summary>
    public bool TryGetText(out ReadOnlySpan<char> text)
    {
        text = IsEmpty ? default : First!.Span;
        return IsEmpty || (First is TextNode && First.Next == End);
    }
}
