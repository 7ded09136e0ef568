using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>What became of a call.</summary>
internal enum FunctionOutcome
{
    /// <summary>The result stands at the end of the output (it may be nothing).</summary>
    Written,

    /// <summary>The words are no call of this function: the text stays as written, or a template is meant.</summary>
    NotFound,
}

/// <summary>A function or variable. Writes its result at the end of the output.</summary>
internal delegate FunctionOutcome ParserFunction(FunctionCall call);

/// <summary>One use of a function, e.g. <c>{{lc:Text|more}}</c>.</summary>
/// <param name="Expander">The expansion it is part of.</param>
/// <param name="Frame">Where it stands.</param>
/// <param name="First">What follows the colon, expanded and trimmed; argument 0.</param>
/// <param name="Parts">Arguments 1 and on.</param>
/// <param name="Name">The function's name as written; empty for a variable.</param>
internal readonly record struct FunctionCall(Expander Expander, ExpansionFrame Frame, string First, Part[] Parts, string Name)
{
    public IWikiSite Site => Expander.Site;

    public int Count => Parts.Length + 1;

    public bool Has(int index) => index < Count;

    /// <summary>An argument expanded and trimmed, with its name if it looks like "name=value"; empty if absent.</summary>
    public string Text(int index) => index == 0 ? First : index < Count ? Expander.ExpandTrimmed(Parts[index - 1].All, Frame) : "";

    /// <summary>As <see cref="Text"/>, but null if the argument is absent.</summary>
    public string? Find(int index) => Has(index) ? Text(index) : null;

    /// <summary>Writes an argument expanded and trimmed; nothing if it is absent.</summary>
    public FunctionOutcome Write(int index) => index == 0 ? Write(First) : index < Count ? Write(Parts[index - 1].All) : FunctionOutcome.Written;

    /// <summary>Writes nodes expanded and trimmed.</summary>
    public FunctionOutcome Write(NodeChain nodes)
    {
        var start = Expander.Output.Length;
        Expander.Expand(nodes, Frame);
        Expander.Output.Trim(start);
        return FunctionOutcome.Written;
    }

    public FunctionOutcome Write(string text)
    {
        Expander.Output.Append(text);
        return FunctionOutcome.Written;
    }

    /// <summary>Writes an error in the form #iferror knows.</summary>
    public FunctionOutcome Fail(string sentence) => Write(ExpansionTexts.Strong(sentence));

    /// <summary>Reads a title; null if no page can have it.</summary>
    public PageTitle? Title(string text) => PageTitle.TryParse(text, Site, out var title) ? title : null;
}
