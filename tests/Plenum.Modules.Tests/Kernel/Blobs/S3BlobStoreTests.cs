using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.BlobStores;

public sealed class S3BlobStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_bucket_keeps_reads_and_sweeps_as_a_folder_does(DatabaseProvider provider)
    {
        if (!S3Server.IsInstalled)
        {
            VectorSet.ReportAbsent("s3");
            return;
        }

        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var kernel = await TestKernel.StartAsync(provider, new() { Clock = clock, Settings = await S3Server.BucketAsync(Cancellation) });
        var store = Assert.IsType<S3BlobStore>(kernel.Get<IBlobStore>());
        var kept = await PutAsync(kernel, "Hallo Welt"u8.ToArray(), "kept");
        Assert.Equal(kept, await PutAsync(kernel, "Hallo Welt"u8.ToArray(), "again"));
        await PutAsync(kernel, "given up"u8.ToArray(), "gone");
        await store.PutAsync(new MemoryStream("never committed"u8.ToArray()), 100, Cancellation);
        var empty = await store.PutAsync(new MemoryStream(), 100, Cancellation);
        Assert.Equal(("Welt", "llo", "", "Hallo Welt"), (await ReadAsync(store, kept.Hash, 6, null), await ReadAsync(store, kept.Hash, 2, 3), await ReadAsync(store, kept.Hash, 99, 3), await ReadAsync(store, kept.Hash, 0, 99)));
        Assert.Equal(("", "", null), (await ReadAsync(store, kept.Hash, 2, 0), await ReadAsync(store, empty.Hash, 0, null), await ReadAsync(store, BlobHash.Of("other"u8), 0, null)));
        await Assert.ThrowsAsync<BlobTooLargeException>(() => store.PutAsync(new MemoryStream(new byte[101]), 100, Cancellation));
        await using (var db = kernel.OpenDb())
        {
            await kernel.Get<Blobs>().ReleaseAsync(db, "tests", "gone", Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(0, await SweepAsync(kernel));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(3, await SweepAsync(kernel));
        Assert.Equal(kept.Hash, Assert.Single(await store.ListAsync(Cancellation).ToListAsync(Cancellation)).Hash);
        Assert.Empty(Directory.GetFiles(kernel.Get<DataFolder>().Blobs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_large_blob_goes_in_parts_and_comes_back_whole()
    {
        if (!S3Server.IsInstalled)
        {
            VectorSet.ReportAbsent("s3");
            return;
        }

        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = await S3Server.BucketAsync(Cancellation) });
        var content = RandomNumberGenerator.GetBytes((40 * 1024 * 1024) + 7);
        var stored = await kernel.Get<IBlobStore>().PutAsync(new MemoryStream(content), long.MaxValue, Cancellation);
        Assert.Equal(new(BlobHash.Of(content), content.Length), stored);
        await using (var whole = await kernel.Get<IBlobStore>().OpenAsync(stored.Hash, 0, null, Cancellation))
        {
            Assert.Equal(stored.Hash, BlobHash.FromDigest(await SHA256.HashDataAsync(whole!, Cancellation)));
        }

        await using var part = await kernel.Get<IBlobStore>().OpenAsync(stored.Hash, content.Length - 9, null, Cancellation);
        var end = new MemoryStream();
        await part!.CopyToAsync(end, Cancellation);
        Assert.Equal(content[^9..], end.ToArray());
    }

    [Fact]
    public async Task More_objects_than_a_page_are_listed_each_once()
    {
        if (!S3Server.IsInstalled)
        {
            VectorSet.ReportAbsent("s3");
            return;
        }

        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = await S3Server.BucketAsync(Cancellation) });
        using var store = new S3BlobStore(kernel.Get<IOptions<BlobsOptions>>().Value, Path.Combine(kernel.Get<DataFolder>().Blobs, "arriving"), pageSize: 3);
        var put = new List<BlobHash>();
        for (byte number = 0; number < 10; number++)
        {
            put.Add((await store.PutAsync(new MemoryStream([number]), 100, Cancellation)).Hash);
        }

        Assert.Equal(put.Select(h => h.Hex).Order(StringComparer.Ordinal), (await store.ListAsync(Cancellation).ToListAsync(Cancellation)).Select(b => b.Hash.Hex).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Parts_of_an_upload_that_broke_off_are_swept()
    {
        if (!S3Server.IsInstalled)
        {
            VectorSet.ReportAbsent("s3");
            return;
        }

        var settings = await S3Server.BucketAsync(Cancellation);
        var clock = new FakeTimeProvider(new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero)); // This server dates every upload 2010.
        await using var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite, new() { Settings = settings, Clock = clock });
        using var http = new HttpClient { BaseAddress = new($"{settings["Blobs:S3Endpoint"]}/{settings["Blobs:S3Bucket"]}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        (await http.PostAsync(new Uri($"{http.BaseAddress}/plenum/{BlobHash.Of("x"u8)}?uploads"), null, Cancellation)).EnsureSuccessStatusCode();
        Assert.Contains("<Upload>", await http.GetStringAsync(new Uri($"{http.BaseAddress}?uploads"), Cancellation), StringComparison.Ordinal);
        await SweepAsync(kernel);
        Assert.Contains("<Upload>", await http.GetStringAsync(new Uri($"{http.BaseAddress}?uploads"), Cancellation), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(3_000));
        await SweepAsync(kernel);
        Assert.DoesNotContain("<Upload>", await http.GetStringAsync(new Uri($"{http.BaseAddress}?uploads"), Cancellation), StringComparison.Ordinal);
    }

    private static async Task<StoredBlob> PutAsync(TestKernel kernel, byte[] content, string key)
    {
        await using var db = kernel.OpenDb();
        var stored = await kernel.Get<Blobs>().PutAsync(db, new MemoryStream(content), "tests", key, 1_000_000, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        return stored;
    }

    private static Task<int> SweepAsync(TestKernel kernel) => kernel.InScopeAsync(scope => scope.GetRequiredService<BlobUpkeep>().SweepAsync(Cancellation));

    private static async Task<string?> ReadAsync(S3BlobStore store, BlobHash hash, long offset, long? length)
    {
        await using var content = await store.OpenAsync(hash, offset, length, Cancellation);
        return content is null ? null : await new StreamReader(content).ReadToEndAsync(Cancellation);
    }
}
