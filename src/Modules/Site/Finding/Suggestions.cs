using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Ui;

namespace Plenum.Site.Finding;

/// <param name="Text">What is offered.</param>
/// <param name="Href">Where it is.</param>
/// <param name="Hint">Where it belongs; null if that is clear.</param>
public sealed record Suggestion(string Text, string Href, string? Hint);

/// <summary>What the search box offers while one types: units, people, then things whose title fits.</summary>
public sealed class Suggestions(Search search, Access access, UnitNames units, PeopleNames people)
{
    private const int MaxUnits = 4;
    private const int MaxPeople = 3;
    private const int MaxThings = 5;
    private const int MaxWords = 200;

    public async Task<IReadOnlyList<Suggestion>> ForAsync(Viewer viewer, string words, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var typed = words.Trim();
        if (typed.Length is < 2 or > MaxWords)
        {
            return [];
        }

        var tree = await access.TreeAsync(cancellation);
        var places = units.Find(tree, typed, null, null).Take(MaxUnits)
            .Select(u => new Suggestion(u.Name, UnitPlace.HrefOf(u.Path), u.Parent?.Name));
        var things = await search.FindAsync(new(typed + "*", viewer.Audiences, Take: MaxThings), cancellation);
        return
        [
            .. places,
            .. (await people.FindAsync(viewer, typed, MaxPeople, cancellation)).Select(p => new Suggestion(p.Name, "/people/" + p.Login, null)),
            .. things.Hits.Select(h => new Suggestion(Plain(h.TitleHtml), h.Url, tree.Find(h.UnitPath)?.Name)),
        ];
    }

    private static string Plain(string html)
        => System.Net.WebUtility.HtmlDecode(html.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal));
}
