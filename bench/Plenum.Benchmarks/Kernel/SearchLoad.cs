using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Testing;

namespace Plenum.Benchmarks.Kernel;

/// <summary>
/// Searches 200,000 documents with an audience filter on both databases: <c>search-load [documents [database]]</c>. Words follow Zipf's law, as those
/// of people do; a reader belongs to 12 of 50 audiences, which own half of the documents.
/// </summary>
internal static class SearchLoad
{
    private const int Vocabulary = 40_000;
    private const int WordsPerDocument = 83; // Of the mails of a public list.
    private const int Audiences = 50;
    private const int Batch = 500;
    private const int Queries = 1_000;

    public static async Task<int> RunAsync(int documents, params DatabaseProvider[] providers)
    {
        ScratchCluster.SharedBuffers = "1GB"; // A quarter of a small server's memory, as docs/operating/install.md says.
        Console.WriteLine("| database | documents | filled in | searches | p50 | p95 | p99 | slowest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var provider in providers.Length > 0 ? providers : Enum.GetValues<DatabaseProvider>())
        {
            await using var kernel = await TestKernel.StartAsync(provider);
            var filled = await FillAsync(kernel, documents);
            var times = await SearchAsync(kernel);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"| {provider} | {documents} | {filled.TotalSeconds:F0} s | {times.Count} | {At(times, 50):F1} ms | {At(times, 95):F1} ms | {At(times, 99):F1} ms | {times[^1]:F1} ms |");
            Console.WriteLine(line);
        }

        return 0;
    }

    private static double At(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static async Task<TimeSpan> FillAsync(TestKernel kernel, int documents)
    {
        var words = new Words(seed: 1);
        var index = kernel.Get<SearchIndex>();
        var started = Stopwatch.GetTimestamp();
        for (var at = 0; at < documents; at += Batch)
        {
            await using var db = kernel.OpenDb();
            await using var transaction = await db.Database.BeginTransactionAsync();
            for (var number = at; number < Math.Min(at + Batch, documents); number++)
            {
                await index.PutAsync(db, words.Document(number), CancellationToken.None);
            }

            await transaction.CommitAsync();
        }

        if (kernel.Database.Provider == DatabaseProvider.PostgreSQL)
        {
            await using var db = kernel.OpenDb();
            await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE kernel_search"); // Autovacuum does it within a minute.
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<List<double>> SearchAsync(TestKernel kernel)
    {
        var words = new Words(seed: 2);
        var readers = Enumerable.Range(1, 12).ToArray();
        var times = new List<double>();
        for (var number = -50; number < Queries; number++)
        {
            var text = words.Query(Math.Abs(number));
            await using var scope = kernel.Services.CreateAsyncScope();
            var search = scope.ServiceProvider.GetRequiredService<Search>();
            var started = Stopwatch.GetTimestamp();
            await search.FindAsync(new(text, readers), CancellationToken.None);
            if (number >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        return times;
    }

    private sealed class Words(int seed)
    {
        private static readonly string[] Beginnings = ["ver", "be", "ent", "auf", "mit", "vor", "an", "ge", "um", "aus", "re", "con", "pro", "in", "de", "ex", "sub", "pre", "un", "dis"];
        private static readonly string[] Middles = ["glied", "samml", "schluss", "sitz", "wahl", "recht", "haus", "halt", "land", "kreis", "vot", "form", "port", "duct", "spect", "tract", "mand", "leg", "fer", "struct"];
        private static readonly string[] Endings = ["ung", "heit", "keit", "en", "er", "lich", "isch", "tion", "ment", "able", "ing", "ity", "al", "ive", "or", "um", "e", "s", "bar", "schaft"];
#pragma warning disable CA5394 // The same corpus each time.
        private readonly Random _random = new(seed);

        public SearchDocument Document(int number)
        {
            var language = number % 3 == 0 ? "en" : "de";
            var audience = number % 2 == 0 ? 1 + (number / 2 % 12) : 13 + (number / 2 % (Audiences - 12));
            return new(
                number % 4 == 0 ? "wiki" : "boards", number.ToString(CultureInfo.InvariantCulture), $"/boards/techtalk/{number}", "bayern/muenchen", language,
                Text(6), Text(WordsPerDocument), SmallParty.Founded.AddMinutes(number), audience);
        }

        /// <summary>One word, two words, a beginning, a phrase: common and rare ones alike.</summary>
        public string Query(int number) => (number % 5) switch
        {
            0 or 1 => Word(),
            2 => $"{Word()} {Word()}",
            3 => Word()[..4] + "*",
            _ => $"\"{Word()} {Word()}\"",
        };

        private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));

        // Rank r comes up about 1/r times as often as the first.
        private string Word() => Spell((int)Math.Pow(Vocabulary, _random.NextDouble()) - 1);
#pragma warning restore CA5394

        private static string Spell(int rank)
            => Beginnings[rank % 20] + Middles[rank / 20 % 20] + Endings[rank / 400 % 20] + (rank >= 8_000 ? Middles[rank / 8_000 % 20] : "");
    }
}
