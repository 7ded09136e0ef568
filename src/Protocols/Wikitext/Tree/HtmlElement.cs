namespace Plenum.Wikitext.Tree;

/// <summary>An element of the tree.</summary>
internal sealed class HtmlElement(ElementName name, HtmlAttribute[] attributes) : HtmlNode
{
    public static readonly HtmlAttribute[] NoAttributes = [];

    public ElementName Name { get; set; } = name;

    public HtmlAttribute[] Attributes { get; set; } = attributes;

    public HtmlNode? FirstChild { get; internal set; }

    public HtmlNode? LastChild { get; internal set; }

    /// <summary>What <see cref="ParagraphWrapping"/> knows about the element.</summary>
    public WrapState? Wrap { get; set; }

    /// <summary>Value of an attribute, or null.</summary>
    public string? this[string attribute]
    {
        get
        {
            foreach (var (name, value) in Attributes)
            {
                if (name == attribute)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Sets or replaces an attribute.</summary>
    public void Set(string attribute, string value)
    {
        for (var i = 0; i < Attributes.Length; i++)
        {
            if (Attributes[i].Name == attribute)
            {
                Attributes = [.. Attributes];
                Attributes[i] = new(attribute, value);
                return;
            }
        }

        Attributes = [.. Attributes, new(attribute, value)];
    }

    /// <summary>Drops an attribute.</summary>
    public void Unset(string attribute)
    {
        for (var i = 0; i < Attributes.Length; i++)
        {
            if (Attributes[i].Name == attribute)
            {
                Attributes = [.. Attributes.AsSpan(0, i), .. Attributes.AsSpan(i + 1)];
                return;
            }
        }
    }

    /// <summary>Adds a class.</summary>
    public void AddClass(string name) => Set("class", this["class"] is { Length: > 0 } classes ? $"{classes} {name}" : name);

    /// <summary>Puts a node, taken from where it was, at the end of the children.</summary>
    public void Append(HtmlNode child)
    {
        child.Remove();
        child.Parent = this;
        child.Previous = LastChild;
        if (LastChild is { } last)
        {
            last.Next = child;
        }
        else
        {
            FirstChild = child;
        }

        LastChild = child;
    }

    /// <summary>Puts a node, taken from where it was, before one of the children.</summary>
    public void InsertBefore(HtmlNode child, HtmlNode reference)
    {
        child.Remove();
        child.Parent = this;
        child.Next = reference;
        child.Previous = reference.Previous;
        if (reference.Previous is { } previous)
        {
            previous.Next = child;
        }
        else
        {
            FirstChild = child;
        }

        reference.Previous = child;
    }

    /// <summary>Puts a text at the end of the children.</summary>
    public void AppendText(string text) => Append(new HtmlText(text));

    /// <summary>Moves all children of another element to the end of this one's.</summary>
    public void TakeChildrenOf(HtmlElement other)
    {
        while (other.FirstChild is { } child)
        {
            Append(child);
        }
    }

    /// <summary>The next node in document order inside <paramref name="root"/>, going down first.</summary>
    public static HtmlNode? Following(HtmlNode node, HtmlElement root)
        => node is HtmlElement { FirstChild: { } child } ? child : FollowingSkippingChildren(node, root);

    /// <summary>The next node in document order inside <paramref name="root"/> that is not inside <paramref name="node"/>.</summary>
    private static HtmlNode? FollowingSkippingChildren(HtmlNode node, HtmlElement root)
    {
        for (var at = node; at != root && at is not null; at = at.Parent)
        {
            if (at.Next is { } next)
            {
                return next;
            }
        }

        return null;
    }
}
