namespace Plenum.Wikitext.Tree;

/// <summary>The table modes (§13.2.6.4.9 and following).</summary>
internal sealed partial class HtmlTreeBuilder
{
    private bool StartInTable(ElementName name, HtmlAttribute[] attributes)
    {
        if (name.Is(ElementTraits.TablePart))
        {
            PopToTable();
            if (name == ElementName.Caption)
            {
                _formatting.Add(null);
                Insert(name, attributes);
                _mode = Mode.InCaption;
            }
            else if (name == ElementName.Tr || name == ElementName.Td || name == ElementName.Th)
            {
                Insert(ElementName.Tbody, HtmlElement.NoAttributes);
                _mode = Mode.InTableBody;
                return false;
            }
            else
            {
                Insert(name, attributes);
                _mode = name.Is(ElementTraits.FosterParent) ? Mode.InTableBody : _mode;
            }

            return true;
        }

        if (name == ElementName.TableElement)
        {
            if (!InTableScope(name))
            {
                return true;
            }

            PopUntil(name);
            ResetMode();
            return false;
        }

        if (name.Is(ElementTraits.RawText))
        {
            Insert(name, attributes);
            return true;
        }

        _fosters = true;
        StartInBody(name, attributes);
        _fosters = false;
        return true;
    }

    private bool EndInTable(ElementName name)
    {
        if (name == ElementName.TableElement)
        {
            if (InTableScope(name))
            {
                PopUntil(name);
                ResetMode();
            }

            return true;
        }

        if (!name.Is(ElementTraits.TablePart))
        {
            _fosters = true;
            EndInBody(name);
            _fosters = false;
        }

        return true;
    }

    private bool StartInTableBody(ElementName name, HtmlAttribute[] attributes)
    {
        if (name == ElementName.Tr)
        {
            PopToTableBody();
            Insert(name, attributes);
            _mode = Mode.InRow;
            return true;
        }

        if (name == ElementName.Td || name == ElementName.Th)
        {
            PopToTableBody();
            Insert(ElementName.Tr, HtmlElement.NoAttributes);
            _mode = Mode.InRow;
            return false;
        }

        if (name.Is(ElementTraits.TablePart))
        {
            PopToTableBody();
            Pop();
            _mode = Mode.InTable;
            return false;
        }

        return StartInTable(name, attributes);
    }

    private bool EndInTableBody(ElementName name)
    {
        if (name == ElementName.TableElement)
        {
            PopToTableBody();
            Pop();
            _mode = Mode.InTable;
            return false;
        }

        if (name.Is(ElementTraits.FosterParent) && name != ElementName.Tr)
        {
            if (InTableScope(name))
            {
                PopToTableBody();
                Pop();
                _mode = Mode.InTable;
            }

            return true;
        }

        return EndInTable(name);
    }

    private bool StartInRow(ElementName name, HtmlAttribute[] attributes)
    {
        if (name == ElementName.Td || name == ElementName.Th)
        {
            PopToRow();
            Insert(name, attributes);
            _mode = Mode.InCell;
            _formatting.Add(null);
            return true;
        }

        if (name.Is(ElementTraits.TablePart))
        {
            return !CloseRow();
        }

        return StartInTable(name, attributes);
    }

    private bool EndInRow(ElementName name)
    {
        if (name == ElementName.Tr)
        {
            CloseRow();
            return true;
        }

        if (name == ElementName.TableElement)
        {
            return !CloseRow();
        }

        if (name.Is(ElementTraits.FosterParent))
        {
            return !InTableScope(name) || !CloseRow();
        }

        return EndInTable(name);
    }

    private bool EndInCaption(ElementName name)
    {
        if (name == ElementName.Caption)
        {
            CloseCaptionOrCell();
            return true;
        }

        if (name == ElementName.TableElement)
        {
            return !CloseCaptionOrCell();
        }

        if (!name.Is(ElementTraits.TablePart))
        {
            EndInBody(name);
        }

        return true;
    }

    private bool EndInCell(ElementName name)
    {
        if (name == ElementName.Td || name == ElementName.Th)
        {
            if (InTableScope(name))
            {
                GenerateImpliedEnds();
                PopUntil(name);
                ForgetFormatting();
                _mode = Mode.InRow;
            }

            return true;
        }

        if (name.Is(ElementTraits.FosterParent))
        {
            return !InTableScope(name) || !CloseCaptionOrCell();
        }

        if (!name.Is(ElementTraits.TablePart))
        {
            EndInBody(name);
        }

        return true;
    }

    /// <summary>Ends the open caption or cell. False if there is none.</summary>
    private bool CloseCaptionOrCell()
    {
        var isCaption = _mode == Mode.InCaption;
        for (var i = _open.Count - 1; i > 0; i--)
        {
            var open = _open[i];
            if (isCaption ? open.Name == ElementName.Caption : open.Name == ElementName.Td || open.Name == ElementName.Th)
            {
                GenerateImpliedEnds();
                PopUntil(open);
                ForgetFormatting();
                _mode = isCaption ? Mode.InTable : Mode.InRow;
                return true;
            }

            if (open.Name == ElementName.TableElement)
            {
                return false;
            }
        }

        return false;
    }

    private bool CloseRow()
    {
        if (!InTableScope(ElementName.Tr))
        {
            return false;
        }

        PopToRow();
        Pop();
        _mode = Mode.InTableBody;
        return true;
    }

    private void PopToTable()
    {
        while (_open.Count > 1 && Current.Name != ElementName.TableElement)
        {
            Pop();
        }
    }

    private void PopToTableBody()
    {
        while (_open.Count > 1 && (!Current.Name.Is(ElementTraits.FosterParent) || Current.Name == ElementName.Tr))
        {
            Pop();
        }
    }

    private void PopToRow()
    {
        while (_open.Count > 1 && !Current.Name.Is(ElementTraits.FosterParent))
        {
            Pop();
        }
    }

    /// <summary>HTML's "reset the insertion mode appropriately".</summary>
    private void ResetMode()
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            switch (_open[i].Name.Text)
            {
                case "td" or "th":
                    _mode = Mode.InCell;
                    return;
                case "tr":
                    _mode = Mode.InRow;
                    return;
                case "tbody" or "thead" or "tfoot":
                    _mode = Mode.InTableBody;
                    return;
                case "caption":
                    _mode = Mode.InCaption;
                    return;
                case "table":
                    _mode = Mode.InTable;
                    return;
            }
        }

        _mode = Mode.InBody;
    }
}
