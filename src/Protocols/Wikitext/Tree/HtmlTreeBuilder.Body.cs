namespace Plenum.Wikitext.Tree;

/// <summary>The mode "in body" (§13.2.6.4.7).</summary>
internal sealed partial class HtmlTreeBuilder
{
    private void StartInBody(ElementName name, HtmlAttribute[] attributes)
    {
        if (name.Is(ElementTraits.TablePart))
        {
            return; // Means nothing outside a table.
        }

        if (name.Is(ElementTraits.Formatting))
        {
            StartFormatting(name, attributes);
            return;
        }

        if (name.Is(ElementTraits.Metadata))
        {
            Insert(name, attributes);
            return;
        }

        if (!name.Is(ElementTraits.ClosesParagraph))
        {
            StartInline(name, attributes);
            return;
        }

        if (name == ElementName.Li)
        {
            CloseItem(other: null, name);
        }
        else if (name == ElementName.Dd || name == ElementName.Dt)
        {
            CloseItem(ElementName.Dd, ElementName.Dt);
        }

        CloseParagraph();
        if (name.Is(ElementTraits.Heading) && Current.Name.Is(ElementTraits.Heading))
        {
            Pop();
        }

        Insert(name, attributes);
        if (name == ElementName.TableElement)
        {
            _mode = Current.Name == name ? Mode.InTable : _mode;
        }

        _dropsNewline = name.Is(ElementTraits.DropsFirstNewline);
    }

    private void StartInline(ElementName name, HtmlAttribute[] attributes)
    {
        switch (name.Text)
        {
            case "rb" or "rtc" when InScope(ElementName.Ruby):
                GenerateImpliedEnds();
                Insert(name, attributes);
                return;
            case "rp" or "rt" when InScope(ElementName.Ruby):
                GenerateImpliedEnds(ElementName.Rtc);
                Insert(name, attributes);
                return;
            case "source" or "track" or "rb" or "rtc" or "rp" or "rt":
                Insert(name, attributes);
                return;
            default:
                Reconstruct();
                Insert(name, attributes);
                return;
        }
    }

    private void StartFormatting(ElementName name, HtmlAttribute[] attributes)
    {
        if (name == ElementName.A && FindFormatting(name) is { } open)
        {
            AdoptionAgency(name);
            _formatting.Remove(open);
            _open.Remove(open);
        }

        // The link of a picture belongs to its figure, whatever is open around that.
        if (Current.Name != ElementName.Figure)
        {
            Reconstruct();
        }

        var element = Insert(name, attributes);
        if (Current == element)
        {
            PushFormatting(element);
        }
    }

    /// <summary>Ends a list item or definition that is still open when the next one starts.</summary>
    private void CloseItem(ElementName? other, ElementName name)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            var open = _open[i].Name;
            if (open == name || open == other)
            {
                GenerateImpliedEnds(open);
                PopUntil(open);
                return;
            }

            if (open.Is(ElementTraits.Special) && open != ElementName.Div && open != ElementName.P)
            {
                return;
            }
        }
    }

    private void EndInBody(ElementName name)
    {
        if (name == ElementName.P)
        {
            if (_openParagraphs == 0 || !InScope(name))
            {
                StartInBody(name, HtmlElement.NoAttributes);
            }

            CloseParagraph();
        }
        else if (name == ElementName.Br)
        {
            Reconstruct();
            Insert(name, HtmlElement.NoAttributes);
        }
        else if (name.Is(ElementTraits.Heading))
        {
            EndHeading();
        }
        else if (name == ElementName.Li)
        {
            EndBlock(name, ElementTraits.Scope | ElementTraits.ListScope);
        }
        else if (name.Is(ElementTraits.Formatting))
        {
            AdoptionAgency(name);
        }
        else if (name.Is(ElementTraits.ClosesParagraph) && name != ElementName.TableElement && !name.Is(ElementTraits.Void))
        {
            EndBlock(name, ElementTraits.Scope);
        }
        else if (!name.Is(ElementTraits.TablePart))
        {
            EndOther(name);
        }
    }

    private void EndHeading()
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            if (_open[i].Name.Is(ElementTraits.Heading))
            {
                var heading = _open[i];
                GenerateImpliedEnds();
                PopUntil(heading);
                return;
            }

            if (_open[i].Name.Is(ElementTraits.Scope))
            {
                return;
            }
        }
    }

    private void EndBlock(ElementName name, ElementTraits bounds)
    {
        if (InScope(name, bounds))
        {
            GenerateImpliedEnds(name == ElementName.Li || name == ElementName.Dd || name == ElementName.Dt ? name : null);
            PopUntil(name);
        }
    }

    /// <summary>"Any other end tag": closes the nearest element of that name unless a special element stands between.</summary>
    private void EndOther(ElementName name)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            var element = _open[i];
            if (element.Name == name || (element.Name.Text == name.Text))
            {
                GenerateImpliedEnds(name);
                PopUntil(element);
                return;
            }

            if (element.Name.Is(ElementTraits.Special))
            {
                return;
            }
        }
    }
}
