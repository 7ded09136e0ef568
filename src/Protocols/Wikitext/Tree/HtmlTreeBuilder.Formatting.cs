namespace Plenum.Wikitext.Tree;

/// <summary>The list of active formatting elements (§13.2.4.3) and the adoption agency (§13.2.6.4.7). Null entries are markers.</summary>
internal sealed partial class HtmlTreeBuilder
{
    /// <summary>Elements kept in the list; a page that opens more without closing them loses the oldest.</summary>
    private const int MaxFormatting = 64;

    private void PushFormatting(HtmlElement element)
    {
        // Noah's Ark: at most three equal ones after the last marker.
        var equal = 0;
        for (var i = _formatting.Count - 1; i >= 0 && _formatting[i] is { } other; i--)
        {
            if (other.Name == element.Name && HaveEqualAttributes(other, element) && ++equal == 3)
            {
                _formatting.RemoveAt(i);
                break;
            }
        }

        _formatting.Add(element);
        if (_formatting.Count > MaxFormatting)
        {
            var oldest = _formatting.FindIndex(e => e is not null);
            _formatting.RemoveAt(oldest);
        }
    }

    private static bool HaveEqualAttributes(HtmlElement one, HtmlElement other)
        => one.Attributes.Length == other.Attributes.Length && Array.TrueForAll(one.Attributes, a => Array.IndexOf(other.Attributes, a) >= 0);

    private HtmlElement? FindFormatting(ElementName name)
    {
        for (var i = _formatting.Count - 1; i >= 0 && _formatting[i] is { } element; i--)
        {
            if (element.Name == name)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>"Clear the list up to the last marker."</summary>
    private void ForgetFormatting()
    {
        while (_formatting.Count > 0)
        {
            var last = _formatting[^1];
            _formatting.RemoveAt(_formatting.Count - 1);
            if (last is null)
            {
                return;
            }
        }
    }

    /// <summary>"Reconstruct the active formatting elements": opens again what a block closed.</summary>
    private void Reconstruct()
    {
        if (_formatting.Count == 0 || _formatting[^1] is not { } last || _open.Contains(last))
        {
            return;
        }

        var at = _formatting.Count - 1;
        while (at > 0 && _formatting[at - 1] is { } earlier && !_open.Contains(earlier))
        {
            at--;
        }

        for (; at < _formatting.Count; at++)
        {
            if (_tree.ClonesLeft <= 0 || _open.Count >= _limits.MaxDepth)
            {
                ReachedLimit = true;
                return;
            }

            _tree.ClonesLeft--;
            var original = _formatting[at]!;
            _formatting[at] = Insert(original.Name, original.Attributes);
        }
    }

    /// <summary>An end tag of a formatting element: repairs nesting such as <c>&lt;b>&lt;p>&lt;/b>&lt;/p></c>.</summary>
    private void AdoptionAgency(ElementName name)
    {
        if (Current.Name == name && !_formatting.Contains(Current))
        {
            Pop();
            return;
        }

        const int maxOuterLoops = 8;
        for (var outer = 0; outer < maxOuterLoops; outer++)
        {
            if (FindFormatting(name) is not { } formatting)
            {
                EndOther(name);
                return;
            }

            var formattingIndex = _open.LastIndexOf(formatting);
            if (formattingIndex < 0)
            {
                _formatting.Remove(formatting);
                return;
            }

            if (!IsInScope(formattingIndex))
            {
                return;
            }

            var blockIndex = formattingIndex + 1;
            while (blockIndex < _open.Count && !_open[blockIndex].Name.Is(ElementTraits.Special))
            {
                blockIndex++;
            }

            if (blockIndex == _open.Count)
            {
                PopUntil(formatting);
                _formatting.Remove(formatting);
                return;
            }

            if (_tree.ClonesLeft <= 0)
            {
                ReachedLimit = true;
                PopUntil(formatting);
                _formatting.Remove(formatting);
                return;
            }

            Adopt(formatting, formattingIndex, blockIndex);
        }
    }

    private bool IsInScope(int index)
    {
        for (var i = _open.Count - 1; i > index; i--)
        {
            if (_open[i].Name.Is(ElementTraits.Scope))
            {
                return false;
            }
        }

        return true;
    }

    private void Adopt(HtmlElement formatting, int formattingIndex, int blockIndex)
    {
        var block = _open[blockIndex];
        var ancestor = _open[formattingIndex - 1];
        var bookmark = _formatting.IndexOf(formatting) + 1;
        var lastNode = block;
        List<(HtmlElement Parent, HtmlElement Child)> moves = [];
        List<HtmlElement> closed = [];
        var inner = 0;
        for (var i = blockIndex - 1; i > formattingIndex; i--)
        {
            inner++;
            var node = _open[i];
            var listed = _formatting.IndexOf(node);
            if (inner > 3 && listed >= 0)
            {
                _formatting.RemoveAt(listed);
                bookmark -= listed < bookmark ? 1 : 0;
                listed = -1;
            }

            if (listed < 0)
            {
                closed.Add(node);
                continue;
            }

            var clone = new HtmlElement(node.Name, node.Attributes);
            _tree.ClonesLeft--;
            _formatting[listed] = clone;
            _open[i] = clone;
            if (lastNode == block)
            {
                bookmark = listed + 1;
            }

            moves.Add((clone, lastNode));
            lastNode = clone;
        }

        // Outermost first, so that each parent is in the tree before its child.
        Place(lastNode, ancestor);
        for (var i = moves.Count - 1; i >= 0; i--)
        {
            _tree.InsertUnder(moves[i].Parent, moves[i].Child);
        }

        var replacement = new HtmlElement(formatting.Name, formatting.Attributes);
        _tree.ClonesLeft--;
        _tree.MoveChildren(block, replacement);
        var old = _formatting.IndexOf(formatting);
        _formatting.Insert(Math.Clamp(bookmark, 0, _formatting.Count), replacement);
        _formatting.RemoveAt(old < bookmark ? old : old + 1);

        _open.Insert(blockIndex + 1, replacement);
        foreach (var node in closed)
        {
            _open.Remove(node);
        }

        _open.Remove(formatting);
    }
}
