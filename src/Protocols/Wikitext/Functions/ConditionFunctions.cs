using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>#if and its kin: only the chosen branch is expanded.</summary>
internal static class ConditionFunctions
{
    public static FunctionOutcome If(FunctionCall call) => call.Write(call.First.Length > 0 ? 1 : 2);

    public static FunctionOutcome IfEqual(FunctionCall call)
        => call.Write(PhpValue.LooselyEqual(Decode(call.First), Decode(call.Text(1))) ? 2 : 3);

    public static FunctionOutcome Expression(FunctionCall call)
        => Functions.Expression.TryEvaluate(call.First, out var value, out var error) ? call.Write(value) : call.Fail(error.In(call.Site.Language));

    public static FunctionOutcome IfExpression(FunctionCall call)
    {
        if (!Functions.Expression.TryEvaluate(call.First, out var value, out var error))
        {
            return call.Fail(error.In(call.Site.Language));
        }

        var isTrue = PhpValue.IsNumeric(value, out var number) ? number != 0 : value.Length > 0;
        return call.Write(isTrue ? 1 : 2);
    }

    /// <summary><c>{{#iferror:text|if it is an error|else}}</c>; without "else" the text itself.</summary>
    public static FunctionOutcome IfError(FunctionCall call)
        => ErrorMark.IsIn(call.First) ? call.Write(1) : call.Has(2) ? call.Write(2) : call.Write(call.First);

    public static FunctionOutcome IfExist(FunctionCall call) => call.Write(Exists(call) ? 1 : 2);

    /// <summary><c>{{#switch:value|case=result|case without result|case=result|#default=result}}</c></summary>
    public static FunctionOutcome Switch(FunctionCall call)
    {
        var primary = Decode(call.First);
        var isFound = false;
        var isDefaultFound = false;
        NodeChain? fallback = null;
        string? last = null;
        foreach (var part in call.Parts)
        {
            if (call.Expander.Output.IsFull)
            {
                return FunctionOutcome.Written;
            }

            if (!part.IsNamed)
            {
                last = call.Expander.ExpandTrimmed(part.All, call.Frame);
                var test = Decode(last);
                isFound |= PhpValue.LooselyEqual(test, primary);
                isDefaultFound |= call.Expander.Words.Is("default", test);
                continue;
            }

            last = null;
            if (isFound)
            {
                return call.Write(part.Value);
            }

            var name = Decode(call.Expander.ExpandTrimmed(part.Name, call.Frame));
            if (PhpValue.LooselyEqual(name, primary))
            {
                return call.Write(part.Value);
            }

            if (isDefaultFound || call.Expander.Words.Is("default", name))
            {
                fallback = part.Value;
                isDefaultFound = false;
            }
        }

        return last is not null ? call.Write(last) : fallback is { } value ? call.Write(value) : FunctionOutcome.Written;
    }

    private static string Decode(string text) => text.Contains('&') ? Expansion.WhiteSpace.TrimWhite(CharacterReferences.Decode(text)) : text;

    private static bool Exists(FunctionCall call)
    {
        if (call.Title(call.First) is not { IsExternal: false, IsBareFragment: false } title)
        {
            return false;
        }

        if (title.Namespace.Id == WikiNamespace.Special)
        {
            return call.Site.FindPages([title]).Count > 0;
        }

        if (title.Namespace.Id != WikiNamespace.Media)
        {
            return call.Expander.FactsOf(title) is not null;
        }

        var space = call.Site.Namespaces[WikiNamespace.File];
        return space is not null && PageTitle.TryCreate(space, title.Text, call.Site, out var file)
            && call.Expander.Budget.TryExpensiveCall() && call.Site.FindFiles([file]).Count > 0;
    }
}
