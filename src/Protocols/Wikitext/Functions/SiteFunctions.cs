using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Functions;

/// <summary>What the wiki as a whole knows: namespaces, counts, messages, languages.</summary>
internal static class SiteFunctions
{
    public static FunctionOutcome ServerName(FunctionCall call)
    {
        var server = call.Site.Server.AsSpan();
        server = server.IndexOf("//") is >= 0 and var slashes ? server[(slashes + 2)..] : server;
        var end = server.IndexOfAny(':', '/');
        return call.Write((end < 0 ? server : server[..end]).ToString());
    }

    public static FunctionOutcome Statistic(FunctionCall call, Func<SiteStatistics, long> count)
    {
        call.Expander.Collected.DependsOnStatistics = true;
        return call.Write(NumberText.FormatCount(count(call.Site.Statistics), call, call.Name.Length == 0 ? null : call.First));
    }

    public static FunctionOutcome NumberInGroup(FunctionCall call)
    {
        call.Expander.Collected.DependsOnStatistics = true;
        return call.Write(NumberText.FormatCount(call.Site.CountUsers(call.First.ToLowerInvariant()), call, call.Find(1)));
    }

    public static FunctionOutcome PagesInNamespace(FunctionCall call)
    {
        call.Expander.Collected.DependsOnStatistics = true;
        var count = call.Site.Namespaces[(int)PhpValue.ToInteger(call.First)] is { } space ? call.Site.CountPages(space) : 0;
        return call.Write(NumberText.FormatCount(count, call, call.Find(1)));
    }

    /// <summary><c>{{PAGESINCATEGORY:name|type|R}}</c>; the last two may change places.</summary>
    public static FunctionOutcome PagesInCategory(FunctionCall call)
    {
        call.Expander.Collected.DependsOnStatistics = true;
        var (first, second) = (call.Find(1), call.Find(2));
        var isRawFirst = call.Expander.Words.Is("rawsuffix", first);
        var (type, raw) = isRawFirst ? (second, first) : (first, second);
        var category = call.Site.Namespaces[WikiNamespace.Category];
        var size = default(CategorySize);
        if (category is not null && PageTitle.TryCreate(category, call.First, call.Site, out var title) && call.Expander.Budget.TryExpensiveCall())
        {
            size = call.Site.CountMembers(title);
        }

        var words = call.Expander.Words;
        var count = words.Is("category_pages", type) ? size.Pages : words.Is("category_subcats", type) ? size.Subcategories
            : words.Is("category_files", type) ? size.Files : size.All;
        return call.Write(NumberText.FormatCount(count, call, raw));
    }

    /// <summary>Local name of a namespace by its number or any name.</summary>
    public static FunctionOutcome NamespaceName(FunctionCall call, bool encode)
    {
        var number = PhpValue.ToInteger(call.First);
        WikiNamespace? space;
        if (number != 0 || PhpValue.LooselyEqual(call.First, "0"))
        {
            space = number is >= int.MinValue and <= int.MaxValue ? call.Site.Namespaces[(int)number] : null;
            if (space is null)
            {
                return FunctionOutcome.Written; // A number that is no namespace has an empty name.
            }
        }
        else if (!call.Site.Namespaces.TryFind(call.First, out space))
        {
            return FunctionOutcome.NotFound;
        }

        return call.Write(encode ? PercentEncoding.EncodePage(space.Name) : space.Name);
    }

    /// <summary><c>{{int:key|$1|$2}}</c>: an interface message, expanded as if it stood here.</summary>
    public static FunctionOutcome Message(FunctionCall call)
    {
        if (call.First.Length == 0)
        {
            return FunctionOutcome.NotFound;
        }

        var key = char.ToLowerInvariant(call.First[0]) + call.First[1..].Replace(' ', '_');
        var text = call.Site.FindMessage(key, call.Site.Language);
        if (text is null)
        {
            return call.Write($"⧼{call.First}⧽");
        }

        for (var i = Math.Min(call.Count - 1, 9); i > 0; i--)
        {
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"${i}"), call.Text(i), StringComparison.Ordinal);
        }

        var frame = call.Expander.ChildFrame(call.Parts, call.Frame);
        call.Expander.Expand(call.Expander.Parse(Expander.Clean(text), forInclusion: false), frame);
        return FunctionOutcome.Written;
    }

    /// <summary>Name of a language in itself; a code that names none stays, in the usual spelling of codes.</summary>
    public static FunctionOutcome Language(FunctionCall call) => call.Write(LanguageNames.Find(CodeOf(call), call.Text(1)));

    /// <summary>The language named, or the wiki's.</summary>
    public static string CodeOf(FunctionCall call) => call.First.Length == 0 ? call.Site.Language : call.First;

    public static FunctionOutcome SpecialPage(FunctionCall call, bool encode)
    {
        var slash = call.First.IndexOf('/');
        var name = slash < 0 ? call.First : call.First[..slash];
        var local = (call.Site.FindSpecialPage(name) ?? name) + (slash < 0 ? "" : call.First[slash..]);
        if (call.Site.Namespaces[WikiNamespace.Special] is not { } special)
        {
            return FunctionOutcome.Written;
        }

        if (!PageTitle.TryCreate(special, local, call.Site, out var title) && !PageTitle.TryCreate(special, BadTitle(call), call.Site, out title))
        {
            return FunctionOutcome.Written;
        }

        return call.Write(encode ? PercentEncoding.EncodePage(title.PrefixedText) : title.PrefixedText);
    }

    /// <summary>The special page that stands for names no page can have.</summary>
    private static string BadTitle(FunctionCall call)
        => call.Site.FindSpecialPage("Badtitle") ?? (NumberText.IsGerman(call.Site.Language) ? "Ungültiger Seitenname" : "Badtitle");

    /// <summary>Lua modules do not run here: a box says so where the result would stand.</summary>
    public static FunctionOutcome NeedsLua(FunctionCall call)
    {
        call.Expander.Collected.AddProblem(ExpansionProblemKind.NeedsLua, null, call.First);
        return call.Fail(call.Expander.Texts.NeedsLua(WikiEscape.Escape(call.First)));
    }
}
