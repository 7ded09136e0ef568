using System.Runtime.InteropServices;

namespace Plenum.Wikitext.Tree;

/// <summary>
/// Builds a tree from tag soup by the rules of HTML's tree construction (HTML Standard §13.2.6, fragment in a body) for the elements
/// wikitext can make. Depth and number of elements are bounded; tags past a bound are left out, their text stays.
/// </summary>
internal sealed partial class HtmlTreeBuilder
{
    /// <summary>Each tag an author writes allows for as many clones.</summary>
    private const int ClonesPerTag = 2;

    private readonly HtmlElement _root = new(ElementName.Root, HtmlElement.NoAttributes);
    private readonly ParagraphWrapping _tree;
    private readonly List<HtmlElement> _open = [];
    private readonly List<HtmlElement?> _formatting = [];
    private readonly TreeLimits _limits;

    private Mode _mode = Mode.InBody;
    private bool _fosters;
    private bool _dropsNewline;
    private int _openParagraphs;

    private HtmlTreeBuilder(TreeLimits limits)
    {
        _limits = limits;
        _tree = new(_root);
        _tree.Start();
        _open.Add(_root);
    }

    private enum Mode
    {
        InBody,
        InTable,
        InCaption,
        InTableBody,
        InRow,
        InCell,
    }

    /// <summary>True if tags were left out because a bound was reached.</summary>
    public bool ReachedLimit { get; private set; }

    public int ElementCount => _tree.ElementCount;

    private HtmlElement Current => _open[^1];

    /// <summary>Builds the tree.</summary>
    /// <param name="html">Tags with quoted or bare attributes, text with references; comments are dropped.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="builder">Tells whether a bound was reached.</param>
    /// <returns>The element that stands for the body.</returns>
    public static HtmlElement Build(ReadOnlySpan<char> html, TreeLimits limits, out HtmlTreeBuilder builder)
    {
        builder = new(limits);
        builder.Read(html);
        return builder._root;
    }

    private void Read(ReadOnlySpan<char> html)
    {
        var scanner = new TagScanner(html);
        while (scanner.TryRead())
        {
            switch (scanner.Kind)
            {
                case TagKind.Text:
                    Text(scanner.Text);
                    break;
                case TagKind.Start:
                    Start(scanner.Name, scanner.ReadAttributes());
                    if (scanner.Name.Is(ElementTraits.RawText))
                    {
                        RawText(scanner.ReadRawText());
                    }

                    break;
                default:
                    End(scanner.Name);
                    break;
            }
        }
    }

    /// <summary>Content of an element whose content is no markup; the element is closed after it.</summary>
    private void RawText(ReadOnlySpan<char> text)
    {
        if (Current.Name.Is(ElementTraits.RawText))
        {
            Current.AppendText(text.ToString());
            Pop();
        }
    }

    private void Text(ReadOnlySpan<char> text)
    {
        if (_dropsNewline)
        {
            _dropsNewline = false;
            text = text is ['\n', ..] ? text[1..] : text;
        }

        if (text.IsEmpty)
        {
            return;
        }

        var isBlank = text.IndexOfAnyExcept(" \t\n\f\r") < 0;
        var fosters = _mode is Mode.InTable or Mode.InTableBody or Mode.InRow && !isBlank && Current.Name.Is(ElementTraits.FosterParent);
        var reconstructs = fosters || !Current.Name.Is(ElementTraits.FosterParent) || _mode is Mode.InBody or Mode.InCaption or Mode.InCell;
        _fosters |= fosters;
        if (reconstructs)
        {
            Reconstruct();
        }

        var decoded = TextContent.Read(text);
        if (_fosters && FosterPlace() is { } table)
        {
            ParagraphWrapping.InsertTextBefore(table, decoded, isBlank);
        }
        else
        {
            _tree.AppendText(Current, decoded, isBlank);
        }

        _fosters = false;
    }

    private void Start(ElementName name, HtmlAttribute[] attributes)
    {
        _dropsNewline = false;
        if (_tree.ElementCount >= _limits.MaxElements)
        {
            ReachedLimit = true;
            return;
        }

        _tree.ClonesLeft += ClonesPerTag;
        while (!StartInMode(name, attributes))
        {
            // Another mode is in force now: the tag is looked at again.
        }
    }

    private bool StartInMode(ElementName name, HtmlAttribute[] attributes)
    {
        switch (_mode)
        {
            case Mode.InTable:
                return StartInTable(name, attributes);
            case Mode.InTableBody:
                return StartInTableBody(name, attributes);
            case Mode.InRow:
                return StartInRow(name, attributes);
            case Mode.InCaption or Mode.InCell when name.Is(ElementTraits.TablePart):
                return !CloseCaptionOrCell();
            default:
                StartInBody(name, attributes);
                return true;
        }
    }

    private void End(ElementName name)
    {
        _dropsNewline = false;
        while (!EndInMode(name))
        {
        }
    }

    private bool EndInMode(ElementName name)
    {
        switch (_mode)
        {
            case Mode.InTable:
                return EndInTable(name);
            case Mode.InTableBody:
                return EndInTableBody(name);
            case Mode.InRow:
                return EndInRow(name);
            case Mode.InCaption:
                return EndInCaption(name);
            case Mode.InCell:
                return EndInCell(name);
            default:
                EndInBody(name);
                return true;
        }
    }

    /// <summary>Inserts an element where content goes now and opens it unless it is void or too deep.</summary>
    private HtmlElement Insert(ElementName name, HtmlAttribute[] attributes)
    {
        var element = new HtmlElement(name, attributes);
        Place(element, Current);
        if (name.Is(ElementTraits.Void))
        {
            return element;
        }

        if (_open.Count >= _limits.MaxDepth)
        {
            ReachedLimit = true;
            return element;
        }

        Push(element);
        return element;
    }

    /// <summary>HTML's "appropriate place for inserting a node".</summary>
    private void Place(HtmlElement element, HtmlElement target)
    {
        if (_fosters && target.Name.Is(ElementTraits.FosterParent) && FosterPlace() is { } table)
        {
            _tree.InsertBefore(table, element);
        }
        else
        {
            _tree.InsertUnder(target, element);
        }
    }

    private HtmlElement? FosterPlace()
    {
        if (!Current.Name.Is(ElementTraits.FosterParent))
        {
            return null;
        }

        for (var i = _open.Count - 1; i > 0; i--)
        {
            if (_open[i].Name == ElementName.TableElement)
            {
                return _open[i].Parent is null ? null : _open[i];
            }
        }

        return null;
    }

    private void Push(HtmlElement element)
    {
        _open.Add(element);
        if (element.Name == ElementName.P)
        {
            _openParagraphs++;
        }
    }

    private void Pop()
    {
        if (Current.Name == ElementName.P)
        {
            _openParagraphs--;
        }

        if (_open.Count > 1)
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private void PopUntil(ElementName name)
    {
        while (_open.Count > 1)
        {
            var isLast = Current.Name == name;
            Pop();
            if (isLast)
            {
                return;
            }
        }
    }

    private void PopUntil(HtmlElement element)
    {
        while (_open.Count > 1)
        {
            var isLast = Current == element;
            Pop();
            if (isLast)
            {
                return;
            }
        }
    }

    private void GenerateImpliedEnds(ElementName? except = null)
    {
        while (Current.Name.Is(ElementTraits.ImpliedEnd) && Current.Name != except)
        {
            Pop();
        }
    }

    private bool InScope(ElementName name, ElementTraits bounds = ElementTraits.Scope)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            if (_open[i].Name == name)
            {
                return true;
            }

            if (_open[i].Name.Is(bounds))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>HTML's table scope: only a table or the root bounds it.</summary>
    private bool InTableScope(ElementName name)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            if (_open[i].Name == name)
            {
                return true;
            }

            if (_open[i].Name == ElementName.TableElement)
            {
                return false;
            }
        }

        return false;
    }

    private void CloseParagraph()
    {
        if (_openParagraphs > 0 && InScope(ElementName.P))
        {
            GenerateImpliedEnds(ElementName.P);
            PopUntil(ElementName.P);
        }
    }

    private ReadOnlySpan<HtmlElement> Open => CollectionsMarshal.AsSpan(_open);
}
