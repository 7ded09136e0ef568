using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Functions;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>One expansion of one page: walks trees and writes text; the state that templates, functions and tags share.</summary>
internal sealed class Expander
{
    private readonly TagNames _tags;
    private readonly ExpansionFrame _root;
    private readonly CallExpander _calls;
    private readonly Dictionary<PageTitle, PageFacts?> _facts = [];

    public Expander(IWikiSite site, ITemplateSource templates, WikitextLimits limits, PageTitle page, ExpansionMode mode)
    {
        Site = site;
        Page = page;
        Mode = mode;
        Words = MagicWords.For(site.Language);
        Texts = new ExpansionTexts(site);
        Budget = new Budget(limits, site.Clock, Collected);
        Now = site.Clock.GetUtcNow();
        _tags = TagNames.For(site.ExtensionTags);
        _root = new ExpansionFrame(null, page);
        Templates = new TemplateStore(this, templates);
        _calls = new CallExpander(this);
        Output = new Output(limits.MaxExpandedLength);
        Strips = new StripState(limits.MaxExpandedLength);
    }

    public IWikiSite Site { get; }

    public PageTitle Page { get; }

    public ExpansionMode Mode { get; }

    /// <summary>The moment the whole expansion speaks of.</summary>
    public DateTimeOffset Now { get; }

    public MagicWords Words { get; }

    public ExpansionTexts Texts { get; }

    public Budget Budget { get; }

    public Collected Collected { get; } = new();

    public StripState Strips { get; }

    public TemplateStore Templates { get; }

    /// <summary>What #time gave for (pattern, date, language, local).</summary>
    public Dictionary<(string Pattern, string Date, string Language, bool IsLocal), string> Times { get; } = [];

    /// <summary>Characters of patterns that #time has read.</summary>
    public int PatternLength { get; set; }

    /// <summary>Where everything is written.</summary>
    public Output Output { get; private set; }

    /// <summary>Expands the page's own text. In render mode markers stay, in the others they are sources again.</summary>
    public string ExpandPage(string wikitext)
    {
        var text = ExpandInner(Clean(wikitext), _root);
        return Mode is ExpansionMode.Render ? text : Strips.Unstrip(text);
    }

    /// <summary>Expands the page's own text and leaves the markers of tags and comments in every mode.</summary>
    public string ExpandKeepingMarkers(string wikitext) => ExpandInner(Clean(wikitext), _root);

    /// <summary>Expands wikitext in a frame; null is the page itself.</summary>
    public string ExpandInner(string wikitext, ExpansionFrame? frame)
    {
        frame ??= _root;
        if (wikitext.Length > Budget.Limits.MaxExpandedLength)
        {
            Collected.AddProblem(ExpansionProblemKind.ExpandedTooLong, frame.Page);
            return wikitext;
        }

        Output = new Output(Budget.Limits.MaxExpandedLength);
        using (Output)
        {
            Expand(Parse(wikitext, forInclusion: frame.IsTemplate || Mode is ExpansionMode.Preload), frame);
            if (Output.IsFull)
            {
                Collected.AddProblem(ExpansionProblemKind.ExpandedTooLong, frame.Page);
                Output.Limit += 200; // Room for the box: the text ends here.
                Output.IsFull = false;
                Output.Append(ExpansionTexts.Error(Texts.PageTooLong));
            }

            var text = Output.Take(0);
            return Mode is ExpansionMode.Render ? BehaviourSwitchScanner.TakeOut(text, this) : text;
        }
    }

    /// <summary>Parses a text under the page's node limit.</summary>
    public NodeChain Parse(string wikitext, bool forInclusion)
    {
        var tree = TreeBuilder.Parse(wikitext, _tags, forInclusion, Budget.ParsedNodesLeft);
        Budget.AddParsed(tree.NodeCount, tree.IsComplete);
        return new(tree.Nodes.First, null);
    }

    /// <summary>Line ends become LF, NUL vanishes, the delimiter of markers becomes "?".</summary>
    public static string Clean(string wikitext)
        => wikitext.AsSpan().IndexOfAny('\r', '\0', StripMarker.Delimiter) < 0
            ? wikitext
            : wikitext.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
                .Replace("\0", "", StringComparison.Ordinal).Replace(StripMarker.Delimiter, '?');

    public bool IsTag(string name) => _tags.IsExtension(name);

    /// <summary>A frame for a text with arguments of its own, on the same page.</summary>
    public ExpansionFrame ChildFrame(Part[] parts, ExpansionFrame caller) => _calls.ChildFrame(parts, caller, caller.Page);

    /// <summary>What the wiki knows of a page; null if it is missing. Each other page than the one shown is an expensive call, once.</summary>
    public PageFacts? FactsOf(PageTitle title)
    {
        if (_facts.TryGetValue(title, out var known))
        {
            return known;
        }

        if (!title.Equals(Page) && !Budget.TryExpensiveCall())
        {
            return null;
        }

        Collected.AddAsked(title);
        var facts = Site.FindPages([title]).GetValueOrDefault(title);
        _facts[title] = facts;
        return facts;
    }

    /// <summary>Writes nodes expanded.</summary>
    public void Expand(NodeChain nodes, ExpansionFrame frame)
    {
        if (nodes.IsEmpty || Output.IsFull)
        {
            return;
        }

        if (nodes.TryGetText(out var text))
        {
            Output.Append(text);
            return;
        }

        if (!Budget.TryVisit())
        {
            Output.Append(ExpansionTexts.Error(Budget.IsOutOfTime ? Texts.OutOfTime : Texts.TooManyNodes));
            return;
        }

        if (!Budget.TryEnter())
        {
            Output.Append(ExpansionTexts.Error(Texts.NestedTooDeep));
            return;
        }

        Walk(nodes, frame);
        Budget.Leave();
    }

    /// <summary>Nodes expanded, as a value.</summary>
    public string ExpandToString(NodeChain nodes, ExpansionFrame frame)
    {
        if (nodes.TryGetText(out var text))
        {
            return text.Length == 0 ? "" : text.ToString();
        }

        var start = Output.Length;
        Expand(nodes, frame);
        return Output.Take(start);
    }

    /// <summary>Nodes expanded, as a value without white space at its ends.</summary>
    public string ExpandTrimmed(NodeChain nodes, ExpansionFrame frame)
    {
        if (nodes.TryGetText(out var text))
        {
            text = text.Trim(WhiteSpace.Characters);
            return text.Length == 0 ? "" : text.ToString();
        }

        var start = Output.Length;
        Expand(nodes, frame);
        return Output.TakeTrimmed(start);
    }

    private void Walk(NodeChain chain, ExpansionFrame frame)
    {
        Stack<Pending>? pending = null;
        var (node, end) = chain;
        while (!Output.IsFull)
        {
            if (node == end)
            {
                if (pending is not { Count: > 0 })
                {
                    return;
                }

                (node, end) = Resume(pending);
                continue;
            }

            switch (node)
            {
                case TextNode or EqualsNode:
                    Output.Append(node.Span);
                    break;
                case CallNode call:
                    if (!_calls.TryExpand(call, frame, out var title))
                    {
                        Output.Append("{{");
                        Output.Append(title);
                        (pending ??= new()).Push(new(node.Next, end, call, 0));
                        (node, end) = (null, null);
                        continue;
                    }

                    break;
                case ArgumentNode argument:
                    if (TryWriteArgument(argument, frame, out var name))
                    {
                        break;
                    }

                    pending ??= new();
                    if (UsesDefault(argument, frame))
                    {
                        pending.Push(new(node.Next, end, null, 0));
                        (node, end) = argument.Parts[0].All;
                        continue;
                    }

                    Output.Append("{{{");
                    Output.Append(name);
                    pending.Push(new(node.Next, end, argument, 0));
                    (node, end) = (null, null);
                    continue;
                case HeadingNode heading when Mode is ExpansionMode.Render && heading.OpensSection:
                    WriteHeading(heading, frame);
                    break;
                case HeadingNode heading:
                    (pending ??= new()).Push(new(node.Next, end, null, 0));
                    (node, end) = heading.Children;
                    continue;
                case TagNode tag:
                    Output.Append(Strips.Add(Strip(tag, frame)));
                    Budget.TryVisit();
                    break;
                case CommentNode when Mode is ExpansionMode.PreSave or ExpansionMode.Preload:
                    Output.Append(Strips.Add(new StrippedSource { Source = node.Span.ToString() }));
                    break;
                case IgnoredNode when Mode is ExpansionMode.PreSave && !frame.IsTemplate:
                    Output.Append(node.Span);
                    break;
            }

            node = node!.Next;
        }
    }

    /// <summary>Goes on after an inner chain: with the next part of braces that stay as written, or behind them.</summary>
    private NodeChain Resume(Stack<Pending> pending)
    {
        var (next, end, braces, part) = pending.Pop();
        if (braces is null)
        {
            return new(next, end);
        }

        if (part == braces.Parts.Length)
        {
            Output.Append(braces is CallNode ? "}}" : "}}}");
            return new(next, end);
        }

        Output.Append('|');
        pending.Push(new(next, end, braces, part + 1));
        return braces.Parts[part].All;
    }

    private bool UsesDefault(ArgumentNode argument, ExpansionFrame frame)
        => argument.Parts.Length > 0 && Mode switch { ExpansionMode.PreSave => frame.IsTemplate, ExpansionMode.Preload => false, _ => true };

    /// <summary>Writes an argument's value. False if the frame has none of that name.</summary>
    private bool TryWriteArgument(ArgumentNode node, ExpansionFrame frame, out string name)
    {
        if (Mode is ExpansionMode.Preload)
        {
            name = ExpandToString(node.Title, frame);
            return false;
        }

        name = "";
        if (!Budget.TryVisit())
        {
            return true;
        }

        FrameArgument? argument;
        if (node.Title.TryGetText(out var text))
        {
            argument = frame.Find(text.Trim(WhiteSpace.Characters));
            name = argument is null ? text.ToString() : "";
        }
        else
        {
            name = ExpandToString(node.Title, frame);
            argument = frame.Find(name.AsSpan().Trim(WhiteSpace.Characters));
        }

        if (argument is null)
        {
            return false;
        }

        if (!TryGetValue(argument, frame, out var value) || !Budget.TryUseArgument(value.Length))
        {
            Output.Append(NoteTooLong(frame));
            return true;
        }

        Output.Append(value);
        return true;
    }

    /// <summary>Notes that arguments are longer than they may be.</summary>
    /// <returns>What to write in their place: the first of a page says so.</returns>
    public string NoteTooLong(ExpansionFrame frame)
        => Collected.AddProblem(ExpansionProblemKind.ArgumentsTooLong, frame.Page) ? ExpansionTexts.Error(Texts.ArgumentsTooLong) : "";

    /// <summary>Expands an argument in the caller's frame, once. False if it is longer than arguments may still be.</summary>
    private bool TryGetValue(FrameArgument argument, ExpansionFrame frame, out string value)
    {
        if (argument.Expanded is { } known)
        {
            value = known;
            return true;
        }

        var start = Output.Length;
        var limit = Output.Limit;
        Output.Limit = Math.Min(limit, start + Budget.ArgumentLengthLeft);
        Expand(argument.Value, frame.Parent!);
        var fits = !Output.IsFull;
        Output.IsFull = false;
        Output.Limit = limit;
        value = argument.IsNamed ? Output.TakeTrimmed(start) : Output.Take(start);
        if (fits)
        {
            argument.Expanded = value;
        }
        else
        {
            Budget.Waste(value.Length);
        }

        return fits;
    }

    private void WriteHeading(HeadingNode heading, ExpansionFrame frame)
    {
        var start = Output.Length;
        Expand(heading.Children, frame);
        var text = Output.Take(start);
        var signs = Math.Min(heading.Level, text.Length);
        Output.Append(text.AsSpan(0, signs));
        Output.Append(Strips.Add(new StrippedHeading(frame.Page, heading.Number, heading.Level, frame.IsTemplate)));
        Output.Append(text.AsSpan(signs));
    }

    private StrippedTag Strip(TagNode tag, ExpansionFrame frame) => new(
        tag.Name.ToLowerInvariant(),
        Mode is ExpansionMode.Render ? TagAttributeReader.Read(tag.Source.AsSpan()[tag.Attributes]) : [],
        tag.Content is { } content ? tag.Source[content] : null)
    {
        Source = tag.Span.ToString(),
        Frame = frame,
    };

    /// <summary>Where a walk goes on: behind an inner chain, or with a part of braces that stay as written.</summary>
    private readonly record struct Pending(Node? Next, Node? End, BracesNode? Braces, int Part);
}
