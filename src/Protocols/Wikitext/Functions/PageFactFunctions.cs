using System.Globalization;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>What the wiki knows about a page: id, size, protection, last revision.</summary>
internal static class PageFactFunctions
{
    public static FunctionOutcome PageId(FunctionCall call)
    {
        if (PageNameFunctions.Find(call) is not { } title)
        {
            return FunctionOutcome.Written;
        }

        var id = title.IsExternal || title.Namespace.Id < WikiNamespace.Main ? 0 : Facts(call, title)?.Id ?? 0;
        return call.Write(id.ToString(CultureInfo.InvariantCulture));
    }

    public static FunctionOutcome PageSize(FunctionCall call)
    {
        var size = call.Title(call.First) is { } title ? Facts(call, title)?.SizeBytes ?? 0 : 0;
        return call.Write(NumberText.FormatCount(size, call, call.Find(1)));
    }

    public static FunctionOutcome ProtectionLevel(FunctionCall call)
    {
        var title = call.Title(call.Text(1)) ?? call.Expander.Page;
        return call.Write(Facts(call, title)?.Protection.GetValueOrDefault(call.First.ToLowerInvariant()) ?? "");
    }

    /// <summary>Protection here has no end of its own: "infinity" where there is any.</summary>
    public static FunctionOutcome ProtectionExpiry(FunctionCall call)
    {
        var title = call.Title(call.Text(1)) ?? call.Expander.Page;
        var action = call.First.ToLowerInvariant();
        return action is "edit" or "move" or "create" or "upload" && Facts(call, title) is not null ? call.Write("infinity") : FunctionOutcome.Written;
    }

    public static FunctionOutcome RevisionId(FunctionCall call)
    {
        var id = PageNameFunctions.Find(call) is { } title ? Facts(call, title)?.RevisionId ?? 0 : 0;
        return id == 0 ? FunctionOutcome.Written : call.Write(id.ToString(CultureInfo.InvariantCulture));
    }

    public static FunctionOutcome RevisionUser(FunctionCall call)
        => PageNameFunctions.Find(call) is { } title && Facts(call, title) is { } facts ? call.Write(facts.RevisionUser) : FunctionOutcome.Written;

    public static FunctionOutcome RevisionSize(FunctionCall call)
        => call.Write((Facts(call, call.Expander.Page)?.SizeBytes ?? 0).ToString(CultureInfo.InvariantCulture));

    /// <summary>Part of the moment of the last revision in the wiki's zone; a page that is being written counts as revised now.</summary>
    public static FunctionOutcome RevisedAt(FunctionCall call, string format, bool trimsZero = false)
    {
        if (PageNameFunctions.Find(call) is not { } title)
        {
            return FunctionOutcome.Written;
        }

        var facts = Facts(call, title);
        if (facts is null && !title.Equals(call.Expander.Page))
        {
            return FunctionOutcome.Written;
        }

        var moment = facts?.RevisedAt ?? call.Expander.Now;
        var local = TimeZoneInfo.ConvertTime(moment, call.Site.TimeZone);
        var text = local.ToString(trimsZero ? "%" + format : format, CultureInfo.InvariantCulture);
        return call.Write(text);
    }

    /// <summary>Asks the wiki about a page; about another page than the one shown a limited number of times.</summary>
    public static PageFacts? Facts(FunctionCall call, PageTitle title)
    {
        if (title.IsExternal || title.IsBareFragment)
        {
            return null;
        }

        return call.Expander.FactsOf(title);
    }
}
