using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <summary>Finds what the viewer may see. The audience is part of the query, never a filter afterwards.</summary>
public sealed class Search(PlenumDb db, TimeProvider clock)
{
    /// <summary>Hits that are ranked and counted; of more, the newest entries are taken and the page says so.</summary>
    public const int MaxCandidates = 2_000; // Ranking reads each candidate's terms; a word in a third of 200,000 things stays within 60 ms.

    private const int MaxTake = 100;
    private const double NewBonus = 0.5; // A thing of today counts half as much again as an old one that matches as well.

    public async Task<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var terms = SearchTerms.Parse(request.Text);
        if (terms.IsEmpty || request.Audiences.Count == 0)
        {
            return SearchPage.Empty;
        }

        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var found = await new SearchCandidates(db, request, terms, MaxCandidates + 1).NewestAsync(cancellation);
            var isMore = found.Count > MaxCandidates;
            var ranked = found.Take(MaxCandidates).OrderByDescending(Score).ThenByDescending(c => c.Id).ToList();
            var page = ranked.Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take, 1, MaxTake)).ToList();
            return new(
                await HitsAsync(page, terms, cancellation),
                ranked.Count,
                isMore,
                ranked.CountBy(c => c.Service).ToDictionary(StringComparer.Ordinal),
                ranked.CountBy(c => c.UnitPath).ToDictionary(StringComparer.Ordinal));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private double Score(SearchCandidate candidate)
    {
        var years = Math.Max(0, (clock.GetUtcNow().UtcDateTime - candidate.Time).TotalDays / 365);
        return candidate.Rank * (1 + (NewBonus / (1 + years)));
    }

    private async Task<IReadOnlyList<SearchHit>> HitsAsync(List<SearchCandidate> page, SearchTerms terms, CancellationToken cancellation)
    {
        if (page is [])
        {
            return [];
        }

        var ids = string.Join(',', page.Select(c => c.Id.ToString(CultureInfo.InvariantCulture)));
        await using var command = SearchCandidates.Command(
            db, $"SELECT d.id, d.key, d.url, d.language, t.title, t.body FROM kernel_search d JOIN kernel_search_text t ON t.id = d.id WHERE d.id IN ({ids})");
        var hits = new Dictionary<long, SearchHit>();
        var known = page.ToDictionary(c => c.Id);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var candidate = known[rows.GetInt64(0)];
            var language = rows.GetString(3);
            hits[candidate.Id] = new(
                candidate.Service, rows.GetString(1), rows.GetString(2), candidate.UnitPath, candidate.Time,
                Highlight.Whole(rows.GetString(4), language, terms), Highlight.Passage(rows.GetString(5), language, terms));
        }

        return [.. page.Where(c => hits.ContainsKey(c.Id)).Select(c => hits[c.Id])];
    }
}
