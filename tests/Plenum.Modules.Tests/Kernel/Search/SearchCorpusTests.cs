using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Searching;

/// <summary>Real mails and German place names in both databases: every search finds the same in both.</summary>
public sealed class SearchCorpusTests
{
    private const int Mails = 250;
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_corpus_gives_the_same_hits_on_SQLite_and_PostgreSQL()
    {
        var corpus = Corpus();
        if (corpus.Count <= Mails)
        {
            VectorSet.ReportAbsent("search-corpus");
            return;
        }

        await using var lite = await FilledAsync(DatabaseProvider.SQLite, corpus);
        await using var large = await FilledAsync(DatabaseProvider.PostgreSQL, corpus);
        var found = 0;
        foreach (var text in Searches(corpus))
        {
            foreach (var request in (SearchRequest[])[new(text, [1, 2], Take: 100), new(text, [2], Take: 100), new(text, [1, 2], UnitPath: "bayern", Take: 100), new(text, [1, 2], Service: "wiki", Take: 100)])
            {
                var (here, there) = (await FindAsync(lite, request), await FindAsync(large, request));
                Assert.Equal((text, here.Count, here.IsMore), (text, there.Count, there.IsMore));
                Assert.Equal(Counts(here.Services), Counts(there.Services));
                Assert.Equal(Counts(here.Units), Counts(there.Units));
                if (here.Count <= 100)
                {
                    Assert.Equal(Keys(here), Keys(there));
                }

                found += here.Count;
            }
        }

        Assert.True(found > 1_000, $"Only {found} hits: these searches test nothing.");
        VectorSet.Report("search-corpus", corpus.Count, corpus.Count);
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) => string.Join(' ', counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}:{c.Value}"));

    private static string Keys(SearchPage page) => string.Join(' ', page.Hits.Select(h => h.Key).Order(StringComparer.Ordinal));

    private static List<SearchDocument> Corpus()
    {
        var corpus = new List<SearchDocument>();
        if (SharedData.TryFind("mbox-linux-integrity", out var folder))
        {
            foreach (var file in Directory.GetFiles(folder, "*.mbox").Order(StringComparer.Ordinal))
            {
                using var stream = File.OpenRead(file);
                var parser = new MimeParser(stream, MimeFormat.Mbox);
                while (corpus.Count < Mails && !parser.IsEndOfStream)
                {
                    var mail = parser.ParseMessage(Cancellation);
                    corpus.Add(Document("boards", corpus.Count, "en", mail.Subject ?? "", mail.TextBody ?? ""));
                }
            }
        }

        if (SharedData.TryFind("de-admin/de_admin_tree_derived.csv", out var tree))
        {
            corpus.AddRange(File.ReadLines(tree).Skip(1).Where((_, n) => n % 40 == 0).Select((line, n) => Document("wiki", n, "de", line.Split(',')[3].Trim('"'), $"Die Gemeinden und Kreise: {line}")));
        }

        if (SharedData.TryFind("nasty-strings", out var nasty))
        {
            var lines = Directory.GetFiles(nasty, "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(l => l.Length > 0).Take(200);
            corpus.AddRange(lines.Select((line, n) => Document("files", n, n % 2 == 0 ? "de" : "en", line, line)));
        }

        return corpus;
    }

    private static SearchDocument Document(string service, int number, string language, string title, string body)
        => new(service, $"{number}", $"/{service}/{number}", number % 3 == 0 ? "bayern/muenchen" : "hessen", language, title, body, Then.AddHours(number), 1 + (number % 2));

    private static IEnumerable<string> Searches(List<SearchDocument> corpus)
    {
        string[] fixedOnes =
        [
            "patch", "kernel module", "\"secure boot\"", "tpm* -patch", "München", "munchen", "stadt", "Städte", "kreise*", "Straße", "integrity measurement", "the", "der die das",
            "keys", "keyring", "signed-off", "v2", "0x", "drivers/char/tpm", "Köln", "koeln", "bad*", "-kernel", "\"the kernel\"", "o'neil", "C++", "100%", "a", "neustadt landkreis",
        ];
        var words = corpus.Where((_, n) => n % 7 == 0).SelectMany(d => d.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)).Distinct().Take(80);
        return fixedOnes.Concat(words).Concat(corpus.Where((_, n) => n % 31 == 0).Select(d => new StringBuilder(d.Title).Append(" *").ToString()));
    }

    private static async Task<TestKernel> FilledAsync(DatabaseProvider provider, List<SearchDocument> corpus)
    {
        var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        foreach (var document in corpus)
        {
            await kernel.Get<SearchIndex>().PutAsync(db, document, Cancellation);
        }

        await transaction.CommitAsync(Cancellation);
        return kernel;
    }

    private static Task<SearchPage> FindAsync(TestKernel kernel, SearchRequest request)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<Search>().FindAsync(request, Cancellation));
}
