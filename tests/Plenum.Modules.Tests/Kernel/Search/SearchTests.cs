using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Searching;

public sealed class SearchTests
{
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly SearchDocument[] Corpus =
    [
        new("wiki", "1", "/wiki/1", "", "de", "Mitgliederversammlung", "Die Mitglieder trafen sich in Köln auf der Straße.", Then, 1),
        new("wiki", "2", "/wiki/2", "bayern", "de", "Haushalt", "Der Vorstand der Häuser beschloss den Haushalt <b>einstimmig</b>.", Then, 1),
        new("boards", "3", "/boards/3", "bayern/muenchen", "en", "Running meetings", "We meet on the street; the Haus was full.", Then, 1),
        new("boards", "4", "/boards/4", "bayern-nord", "de", "Geheim", "Nur für Mitglieder in Koeln.", Then, 2),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Both_databases_find_the_same(DatabaseProvider provider)
    {
        await using var kernel = await FilledAsync(provider);
        (string Text, string Found)[] cases =
        [
            ("mitglied", "1"), ("köln", "1"), ("KOELN", "1"), ("strasse", "1"), ("Straße", "1"), ("Haus", "2 3"), ("meeting", "3"), ("\"vorstand der häuser\"", "2"),
            ("\"häuser der vorstand\"", ""), ("haus -haushalt", "3"), ("-haus", ""), ("mitgliederv*", "1"), ("der", "1 2"), ("der haushalt", "2"), ("nirgends", ""),
        ];
        foreach (var (text, found) in cases)
        {
            Assert.Equal((text, found), (text, await KeysAsync(kernel, new(text, [1]))));
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_audience_the_service_and_the_unit_narrow_the_search(DatabaseProvider provider)
    {
        await using var kernel = await FilledAsync(provider);
        Assert.Equal("1 4", await KeysAsync(kernel, new("köln", [1, 2])));
        Assert.Equal("", await KeysAsync(kernel, new("köln", [])));
        Assert.Equal("3", await KeysAsync(kernel, new("haus", [1, 2], Service: "boards")));
        Assert.Equal("2 3", await KeysAsync(kernel, new("haus", [1, 2], UnitPath: "bayern")));
        Assert.Equal("3", await KeysAsync(kernel, new("haus", [1, 2], UnitPath: "bayern/muenchen")));
        var page = await FindAsync(kernel, new("haus", [1]));
        Assert.Equal((1, 1, 2, false), (page.Services["wiki"], page.Units["bayern/muenchen"], page.Count, page.IsMore));
    }

    [Theory, OnBothDatabases]
    public async Task What_matched_is_marked_and_the_rest_encoded(DatabaseProvider provider)
    {
        await using var kernel = await FilledAsync(provider);
        var hit = Assert.Single((await FindAsync(kernel, new("einstimmig", [1]))).Hits);
        Assert.Contains("&lt;b&gt;<mark>einstimmig</mark>&lt;/b&gt;", hit.SnippetHtml, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_renewed_entry_is_found_as_it_is_and_a_removed_one_no_more(DatabaseProvider provider)
    {
        await using var kernel = await FilledAsync(provider);
        await using (var db = kernel.OpenDb())
        {
            await kernel.Get<SearchIndex>().PutAsync(db, Corpus[0] with { Body = "Jetzt in Bremen" }, Cancellation);
            await kernel.Get<SearchIndex>().RemoveAsync(db, "wiki", "2", Cancellation);
        }

        Assert.Equal("1", await KeysAsync(kernel, new("bremen", [1])));
        Assert.Equal("", await KeysAsync(kernel, new("köln", [1])));
        Assert.Equal("3", await KeysAsync(kernel, new("haus", [1])));
    }

    [Theory, OnBothDatabases]
    public async Task Of_what_is_common_the_newest_are_ranked_and_what_is_rare_is_found_however_old(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using (var db = kernel.OpenDb())
        {
            await PutAsync(40, "wiki", "seltener Haushalt");
            foreach (var _ in Enumerable.Range(0, 3))
            {
                await PutAsync(10, "wiki", "Haushalt vertagt");
                if (provider == DatabaseProvider.PostgreSQL)
                {
                    await db.Database.ExecuteSqlAsync($"SELECT setval(pg_get_serial_sequence('kernel_search', 'id'), (SELECT max(id) + 100000 FROM kernel_search))", Cancellation);
                }
            }

            await PutAsync(Search.MaxCandidates + 5, "boards", "Haushalt");
            await PutAsync(5, "boards", "etwas anderes");

            Task PutAsync(int count, string service, string text)
                => kernel.Get<SearchIndex>().PutManyAsync(db, [.. Enumerable.Range(0, count).Select(n => new SearchDocument(service, $"{text}/{Guid.NewGuid()}", "/", "", "de", text, text, Then, 1))], Cancellation);
        }

        var common = await FindAsync(kernel, new("haushalt", [1]));
        Assert.Equal((Search.MaxCandidates, true, Search.MaxCandidates), (common.Count, common.IsMore, common.Services["boards"]));
        foreach (var text in (string[])["selten", "selt*", "\"seltener haushalt\"", "selten haushalt"])
        {
            Assert.Equal((text, 40), (text, (await FindAsync(kernel, new(text, [1]))).Count));
        }

        Assert.Equal(30, (await FindAsync(kernel, new("vertagt haushalt", [1]))).Count);
        Assert.Equal(70, (await FindAsync(kernel, new("haushalt", [1], Service: "wiki"))).Count);
    }

    [Theory, OnBothDatabases]
    public async Task No_text_breaks_a_search_or_an_entry(DatabaseProvider provider)
    {
        await using var kernel = await FilledAsync(provider);
        string[] nasty =
        [
            "", " ", "*", "-", "\"", "\"\"", "-\"", "a\"b", "'", "');DROP TABLE kernel_search;--", "NEAR(a b)", "title:x", "a AND", "NOT", "\0", "\ud800", "a\ud800*", "🏳️‍🌈*",
            "\\", ":*", "!a", "a & | b", "<->", "ﷺ", "\u202e", new string('a', 5_000), string.Concat(Enumerable.Repeat("x ", 5_000)),
        ];
        await using var db = kernel.OpenDb();
        foreach (var text in nasty)
        {
            await FindAsync(kernel, new(text, [1]));
            await kernel.Get<SearchIndex>().PutAsync(db, new("tests", "nasty", "/", "", "de", text, text, Then, 1), Cancellation);
        }

        Assert.Equal("2", await KeysAsync(kernel, new("haushalt", [1])));
    }

    private static async Task<TestKernel> FilledAsync(DatabaseProvider provider)
    {
        var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        foreach (var document in Corpus)
        {
            await kernel.Get<SearchIndex>().PutAsync(db, document, Cancellation);
        }

        return kernel;
    }

    private static Task<SearchPage> FindAsync(TestKernel kernel, SearchRequest request)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<Search>().FindAsync(request, Cancellation));

    private static async Task<string> KeysAsync(TestKernel kernel, SearchRequest request)
        => string.Join(' ', (await FindAsync(kernel, request)).Hits.Select(h => h.Key).Order(StringComparer.Ordinal));
}
