namespace Plenum.Wikitext.Tree;

/// <summary>
/// Puts nodes into the tree and wraps what stands bare under body or blockquote into paragraphs, as MediaWiki's clean-up does:
/// text and inline elements there open a paragraph, a block ends it, and formatting that spans both is cloned on each side.
/// </summary>
/// <param name="root">Stands for the body.</param>
internal sealed class ParagraphWrapping(HtmlElement root)
{
    private static readonly WrapState AfterEnd = new();

    /// <summary>Elements made so far, clones and paragraphs included.</summary>
    public int ElementCount { get; private set; }

    /// <summary>Clones that may still be made: repairs must not cost more than the page itself.</summary>
    public int ClonesLeft { get; set; } = FirstClones;

    private const int FirstClones = 2_000;

    public void Start() => root.Wrap = new() { NeedsWrapping = true };

    /// <summary>Inserts or moves an element to the end of <paramref name="parent"/>.</summary>
    public void InsertUnder(HtmlElement parent, HtmlElement element)
    {
        var target = Redirect(parent);
        var state = StateOf(target);
        var inline = element.Name.Is(ElementTraits.Inline);
        if (element.Name.Is(ElementTraits.Metadata) && !IsContentsPlace(element))
        {
            // Invisible: fits everywhere.
        }
        else if (state.IsWrapper && !inline)
        {
            target = target.Parent!;
            state = StateOf(target);
            state.OpenWrapper = null;
        }
        else if (state.IsSplittable && state.Wrapper is not null != inline)
        {
            target = Split(target, inline);
            state = StateOf(target);
        }
        else if (state.NeedsWrapping && inline)
        {
            target = OpenWrapper(target);
            state = StateOf(target);
        }
        else if (state.Wrapper is not null && !inline)
        {
            Unwrap(target);
        }

        Place(state, target, element, reference: null);
    }

    /// <summary>Inserts or moves an element before <paramref name="reference"/> (content that a table cannot hold).</summary>
    public void InsertBefore(HtmlElement reference, HtmlElement element)
    {
        var parent = reference.Parent!;
        var state = StateOf(parent);
        if (state.Wrapper is not null && !element.Name.Is(ElementTraits.Inline | ElementTraits.Metadata))
        {
            Unwrap(parent);
        }

        Place(state, parent, element, reference);
    }

    public void AppendText(HtmlElement parent, string text, bool isBlank)
    {
        var target = Redirect(parent);
        var state = StateOf(target);
        if (state.NeedsWrapping && !isBlank)
        {
            target = OpenWrapper(target);
            state = StateOf(target);
        }
        else if (state.IsSplittable && state.Wrapper is null)
        {
            target = Split(target, inline: true);
            state = StateOf(target);
        }

        state.VisibleChildren += isBlank ? 0 : 1;
        target.AppendText(text);
    }

    public static void InsertTextBefore(HtmlElement reference, string text, bool isBlank)
    {
        var parent = reference.Parent!;
        StateOf(parent).VisibleChildren += isBlank ? 0 : 1;
        parent.InsertBefore(new HtmlText(text), reference);
    }

    /// <summary>Moves the children of <paramref name="element"/> into <paramref name="wrapper"/> and puts that into the element.</summary>
    public void MoveChildren(HtmlElement element, HtmlElement wrapper)
    {
        // Formatting never stands around a wrapping paragraph, so it goes inside.
        while (StateOf(element).OpenWrapper is { } open)
        {
            element = open;
        }

        var holder = new HtmlElement(wrapper.Name, HtmlElement.NoAttributes);
        holder.TakeChildrenOf(element);
        InsertUnder(element, wrapper);
        wrapper.TakeChildrenOf(holder);
    }

    /// <summary>True for the place of the table of contents, which is a block although it looks like metadata.</summary>
    public static bool IsContentsPlace(HtmlElement element) => element.Name == ElementName.Meta && element["property"] == ContentsPlace;

    public const string ContentsPlace = "mw:PageProp/toc";

    private static WrapState StateOf(HtmlElement element) => element.Wrap ?? AfterEnd;

    /// <summary>Where insertions into <paramref name="parent"/> go now: into its last clone or its open wrapping paragraph.</summary>
    private static HtmlElement Redirect(HtmlElement parent)
    {
        var state = StateOf(parent);
        if (state.Clone is null)
        {
            return state.OpenWrapper ?? parent;
        }

        var last = state.Clone;
        while (StateOf(last).Clone is { } next)
        {
            last = next;
        }

        state.Clone = last; // Shortens the way for the next time.
        return last;
    }

    private HtmlElement OpenWrapper(HtmlElement parent)
    {
        ElementCount++;
        var wrapper = new HtmlElement(ElementName.ParagraphWrap, HtmlElement.NoAttributes)
        {
            Wrap = new() { IsWrapper = true, WrapBase = parent },
        };
        parent.Append(wrapper);
        StateOf(parent).OpenWrapper = wrapper;
        return wrapper;
    }

    private void Place(WrapState parentState, HtmlElement parent, HtmlElement element, HtmlElement? reference)
    {
        parentState.VisibleChildren++;
        if (reference is null)
        {
            parent.Append(element);
        }
        else
        {
            parent.InsertBefore(element, reference);
        }

        if (element.Wrap is not { } state)
        {
            ElementCount++;
            state = element.Wrap = new() { NeedsWrapping = element.Name == ElementName.Blockquote };
        }

        if ((parentState.IsWrapper || parentState.IsSplittable) && element.Name.Is(ElementTraits.Splittable))
        {
            state.IsSplittable = true;
        }

        if (parentState.IsWrapper)
        {
            state.Wrapper = parent;
        }
        else if (parentState.Wrapper is { } wrapper)
        {
            state.Wrapper = wrapper;
        }

        if (parentState.WrapBase is { } wrapBase)
        {
            state.WrapBase = wrapBase;
        }
        else if (parentState.NeedsWrapping)
        {
            state.WrapBase = parent;
        }
    }

    /// <summary>
    /// Clones the formatting between <paramref name="node"/> and the wrapping paragraph (or its base) on the other side of a block or
    /// of a new paragraph, and returns the innermost clone.
    /// </summary>
    private HtmlElement Split(HtmlElement node, bool inline)
    {
        var state = StateOf(node);
        var wrapBase = state.WrapBase!;
        var oldWrapper = state.Wrapper;
        var end = oldWrapper ?? wrapBase;
        List<HtmlElement> chain = [];
        List<HtmlElement> empty = [];
        if (ClonesLeft <= 0)
        {
            return node;
        }

        for (var at = node; at != end; at = at.Parent!)
        {
            if (at.Parent is null)
            {
                return node; // Moved out of its paragraph by other repairs: leave it as it is.
            }

            chain.Add(at);
            if (StateOf(at).VisibleChildren == 0)
            {
                empty.Add(at);
                StateOf(at.Parent).VisibleChildren--;
            }
        }

        HtmlElement? wrapper = null;
        var target = wrapBase;
        if (inline)
        {
            wrapper = target = OpenWrapper(wrapBase);
        }
        else if (oldWrapper is not null)
        {
            StateOf(wrapBase).OpenWrapper = null;
        }

        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var original = chain[i];
            ElementCount++;
            ClonesLeft--;
            var clone = new HtmlElement(original.Name, original.Attributes)
            {
                Wrap = new() { IsSplittable = true, Wrapper = wrapper, WrapBase = wrapBase },
            };
            StateOf(original).Clone = clone;
            target.Append(clone);
            StateOf(target).VisibleChildren++;
            target = clone;
        }

        foreach (var element in empty)
        {
            element.Remove();
        }

        return target;
    }

    /// <summary>A block came into an inline element that cannot be split: its part of the wrapping paragraph moves out of it.</summary>
    private static void Unwrap(HtmlElement node)
    {
        var wrapper = StateOf(node).Wrapper!;
        if (wrapper.Parent is not { } parent || parent.LastChild != wrapper)
        {
            return;
        }

        var victim = node;
        while (true)
        {
            StateOf(victim).Wrapper = null;
            if (victim.Parent == wrapper)
            {
                break;
            }

            if (victim.Parent is null)
            {
                return;
            }

            victim = victim.Parent;
        }

        parent.Append(victim);
        StateOf(parent).VisibleChildren++;
        StateOf(wrapper).VisibleChildren--;
        StateOf(parent).OpenWrapper = null;
    }
}
