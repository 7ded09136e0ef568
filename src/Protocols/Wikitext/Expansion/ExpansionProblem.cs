using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>What can go wrong while expanding.</summary>
public enum ExpansionProblemKind
{
    /// <summary>A template includes itself, directly or through others.</summary>
    TemplateLoop,

    /// <summary><see cref="WikitextLimits.MaxDepth"/> passed.</summary>
    TooDeep,

    /// <summary><see cref="WikitextLimits.MaxNodes"/> passed.</summary>
    TooManyNodes,

    /// <summary><see cref="WikitextLimits.MaxExpandedLength"/> passed.</summary>
    ExpandedTooLong,

    /// <summary><see cref="WikitextLimits.MaxArgumentLength"/> passed.</summary>
    ArgumentsTooLong,

    /// <summary><see cref="WikitextLimits.MaxExpensiveCalls"/> passed.</summary>
    TooManyExpensiveCalls,

    /// <summary><see cref="WikitextLimits.MaxTime"/> passed.</summary>
    OutOfTime,

    /// <summary>A call names one argument twice; the last value counts.</summary>
    DuplicateArgument,

    /// <summary>A redirect leads to a redirect.</summary>
    DoubleRedirect,

    /// <summary>#invoke: the page needs a Lua module, which this wiki does not run.</summary>
    NeedsLua,
}

/// <summary>One finding of an expansion.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Page">The template concerned; null where the page itself is meant.</param>
/// <param name="Detail">Name of the argument or function concerned; empty if none.</param>
public readonly record struct ExpansionProblem(ExpansionProblemKind Kind, PageTitle? Page, string Detail);
