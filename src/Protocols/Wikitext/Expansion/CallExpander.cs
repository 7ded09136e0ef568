using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Functions;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Decides what stands between double braces (a variable, a function, a template) and writes it.</summary>
internal sealed class CallExpander(Expander expander)
{
    private Output Output => expander.Output;

    /// <summary>Writes what a call stands for.</summary>
    /// <param name="title">If it stays as written: its expanded title, white space kept.</param>
    /// <returns>False if the call stays as written.</returns>
    public bool TryExpand(CallNode call, ExpansionFrame frame, out string title)
    {
        title = expander.ExpandToString(call.Title, frame);
        if (Output.IsFull)
        {
            return true;
        }

        if (expander.Mode is ExpansionMode.Preload)
        {
            return false;
        }

        var name = title.TrimWhite();
        var substitution = expander.Words.TakeSubstitution(ref name);
        var isLiteral = expander.Mode is ExpansionMode.PreSave ? substitution is Substitution.None : substitution is Substitution.Always;
        if (isLiteral)
        {
            return false;
        }

        if (!expander.Budget.TryVisit() || expander.Budget.IsSpent)
        {
            var texts = expander.Texts;
            Output.Append(ExpansionTexts.Error(expander.Budget.IsOutOfTime ? texts.OutOfTime : expander.Budget.HasNodesLeft ? texts.PageTooLong : texts.TooManyNodes));
            return true;
        }

        var start = Output.Length;
        var limit = Output.Limit;
        Output.Limit = Math.Min(limit, start + expander.Budget.ExpandedLengthLeft);
        var isFound = TryWrite(call, frame, name, out var linkText);
        var isTooLong = Output.IsFull;
        Output.Limit = limit;
        Output.IsFull = false;
        if (!isFound)
        {
            Output.Truncate(start);
            return false;
        }

        Finish(call, start, isTooLong, linkText);
        return true;
    }

    private void Finish(CallNode call, int start, bool isTooLong, string? linkText)
    {
        var written = Output.From(start);
        if (!isTooLong && !call.IsAtLineStart && StartsBlock(written))
        {
            Output.Insert(start, '\n'); // A table or list item from a template begins a line of its own.
        }

        var length = Output.Length - start;
        if (!isTooLong && expander.Budget.TryExpand(length))
        {
            return;
        }

        if (isTooLong)
        {
            expander.Budget.Waste(length);
        }

        Output.Truncate(start);
        expander.Collected.AddProblem(ExpansionProblemKind.ExpandedTooLong, null, linkText ?? "");
        Output.Append(linkText is null ? ExpansionTexts.Error(expander.Texts.ResultTooLong) : $"[[:{linkText}]]");
    }

    private static bool StartsBlock(ReadOnlySpan<char> text) => !text.IsEmpty && (text[0] is ':' or ';' or '#' or '*' || text.StartsWith("{|"));

    /// <summary>Writes the result. False if it is nothing that could be expanded.</summary>
    /// <param name="linkText">Title of the page concerned, for a link in place of a text that is too long.</param>
    private bool TryWrite(CallNode call, ExpansionFrame frame, string name, out string? linkText)
    {
        linkText = null;
        if (call.Parts.Length == 0 && expander.Words.FindVariable(name) is { } variable)
        {
            variable(new(expander, frame, "", call.Parts, ""));
            return true;
        }

        var showsSource = expander.Words.TakeMessagePrefixes(ref name);
        if (name.IndexOf(':') is > 0 and var colon && expander.Words.FindFunction(name.AsSpan(0, colon)) is { } function)
        {
            var argument = name[(colon + 1)..].TrimWhite();
            var start = Output.Length;
            var outcome = function(new(expander, frame, argument, call.Parts, name[..colon]));
            if (outcome is FunctionOutcome.Written && showsSource)
            {
                EscapeFrom(start);
            }

            if (outcome is not FunctionOutcome.NotFound || Output.IsFull)
            {
                return true;
            }
        }

        return TryWriteTemplate(call, frame, name, showsSource, out linkText);
    }

    private bool TryWriteTemplate(CallNode call, ExpansionFrame frame, string name, bool showsSource, out string? linkText)
    {
        linkText = null;
        var path = SubpageLink.Resolve(name, expander.Page, out _);
        var home = ReferenceEquals(path, name) ? expander.Site.Namespaces[WikiNamespace.Template] : expander.Page.Namespace;
        if (!PageTitle.TryParse(path, expander.Site, out var title, home))
        {
            return false;
        }

        if (frame.Depth >= expander.Budget.Limits.MaxDepth)
        {
            expander.Collected.AddProblem(ExpansionProblemKind.TooDeep, title);
            Output.Append(ExpansionTexts.Error(expander.Texts.TemplatesTooDeep(expander.Budget.Limits.MaxDepth)));
            return true;
        }

        if (title.IsExternal || title.IsBareFragment)
        {
            return false;
        }

        linkText = title.PrefixedText;
        var template = expander.Templates.Find(title);
        if (frame.IsInside(template?.Title ?? title))
        {
            expander.Collected.AddProblem(ExpansionProblemKind.TemplateLoop, title);
            Output.Append(ExpansionTexts.Error(expander.Texts.TemplateLoop(title)));
            return true;
        }

        if (template is null)
        {
            var link = $"[[:{linkText}]]";
            Output.Append(showsSource ? WikiEscape.Escape(link) : link);
            return expander.Mode is not ExpansionMode.PreSave;
        }

        if (showsSource)
        {
            Output.Append(WikiEscape.Escape(template.Text!));
            return true;
        }

        expander.Expand(template.Nodes, ChildFrame(call.Parts, frame, template.Title));
        return true;
    }

    /// <summary>A frame for a template: names are expanded now, values when they are used.</summary>
    public ExpansionFrame ChildFrame(Part[] parts, ExpansionFrame caller, PageTitle page)
    {
        var child = new ExpansionFrame(caller, page);
        foreach (var part in parts)
        {
            if (!expander.Budget.TryVisit())
            {
                break;
            }

            var name = part.IsNamed ? expander.ExpandTrimmed(part.Name, caller) : null;
            var isNew = name is null ? child.Add(part.Position, part.Value) : child.Add(name, part.Value, isNamed: true);
            if (!isNew)
            {
                expander.Collected.AddProblem(ExpansionProblemKind.DuplicateArgument, page, name ?? part.Position.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return child;
    }

    private void EscapeFrom(int start)
    {
        var text = Output.Take(start);
        Output.Append(WikiEscape.Escape(text));
    }
}
