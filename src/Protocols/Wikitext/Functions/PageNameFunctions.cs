using System.Globalization;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>PAGENAME and its kin: as variables of the page that is shown, as functions of the page that is named.</summary>
internal static class PageNameFunctions
{
    public static FunctionOutcome Name(FunctionCall call, Func<PageTitle, string?> part)
        => Find(call) is { } title && part(title) is { } name ? call.Write(WikiEscape.Escape(name)) : FunctionOutcome.Written;

    public static FunctionOutcome Encoded(FunctionCall call, Func<PageTitle, string?> part)
        => Find(call) is { } title && part(title) is { } name ? call.Write(WikiEscape.Escape(PercentEncoding.EncodePage(name))) : FunctionOutcome.Written;

    /// <summary>As a function it answers only for pages that can have a talk page.</summary>
    public static FunctionOutcome FullName(FunctionCall call) => Name(call, t => IsSpecialNamed(call, t) ? null : t.PrefixedText);

    public static FunctionOutcome FullNameEncoded(FunctionCall call) => Encoded(call, t => IsSpecialNamed(call, t) ? null : t.PrefixedText);

    public static FunctionOutcome Space(FunctionCall call, Func<PageTitle, WikiNamespace?> space)
        => Find(call) is { } title && space(title) is { } found ? call.Write(found.Name) : FunctionOutcome.Written;

    public static FunctionOutcome SpaceEncoded(FunctionCall call, Func<PageTitle, WikiNamespace?> space)
        => Find(call) is { } title && space(title) is { } found ? call.Write(PercentEncoding.EncodePage(found.Name)) : FunctionOutcome.Written;

    public static FunctionOutcome SpaceNumber(FunctionCall call)
        => Find(call) is { } title ? call.Write(title.Namespace.Id.ToString(CultureInfo.InvariantCulture)) : FunctionOutcome.Written;

    /// <summary>The page meant; null if the argument is no title.</summary>
    public static PageTitle? Find(FunctionCall call) => call.Name.Length == 0 ? call.Expander.Page : call.Title(call.First);

    private static bool IsSpecialNamed(FunctionCall call, PageTitle title) => call.Name.Length > 0 && (title.Namespace.Id < WikiNamespace.Main || title.IsExternal);
}
