namespace Plenum.Wikitext.Tree;

/// <summary>A place in the tree of a rendered page: an element or a text. Children are a linked list, so moving one costs the same everywhere.</summary>
internal abstract class HtmlNode
{
    public HtmlElement? Parent { get; internal set; }

    public HtmlNode? Next { get; internal set; }

    public HtmlNode? Previous { get; internal set; }

    /// <summary>Takes the node out of its parent.</summary>
    public void Remove()
    {
        if (Parent is not { } parent)
        {
            return;
        }

        if (Previous is { } previous)
        {
            previous.Next = Next;
        }
        else
        {
            parent.FirstChild = Next;
        }

        if (Next is { } next)
        {
            next.Previous = Previous;
        }
        else
        {
            parent.LastChild = Previous;
        }

        Parent = null;
        Next = null;
        Previous = null;
    }
}

/// <summary>Text with its references decoded.</summary>
internal sealed class HtmlText(string text) : HtmlNode
{
    public string Text { get; set; } = text;
}

/// <summary>An attribute: name in lower case, value decoded.</summary>
internal readonly record struct HtmlAttribute(string Name, string Value);
