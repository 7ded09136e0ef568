using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.BlobStores;

public sealed class BlobsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Equal_content_is_kept_once_and_read_in_ranges(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var first = await PutAsync(kernel, "Hallo Welt"u8.ToArray(), "a");
        var second = await PutAsync(kernel, "Hallo Welt"u8.ToArray(), "b");
        Assert.Equal(new(BlobHash.Of("Hallo Welt"u8), 10), first);
        Assert.Equal(first, second);
        Assert.Single(await kernel.Get<IBlobStore>().ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal("Welt", await ReadAsync(kernel, first.Hash, 6, null));
        Assert.Equal("llo", await ReadAsync(kernel, first.Hash, 2, 3));
        Assert.Equal("", await ReadAsync(kernel, first.Hash, 99, 3));
        Assert.Null(await ReadAsync(kernel, BlobHash.Of("other"u8), 0, null));
    }

    [Theory, OnBothDatabases]
    public async Task Many_at_once_are_kept_in_their_order_and_equal_ones_once(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var kernel = await TestKernel.StartAsync(provider, new() { Clock = clock });
        var contents = Enumerable.Range(0, 1_200).Select(n => Encoding.UTF8.GetBytes($"content {n / 2}")).ToList();
        await using (var db = kernel.OpenDb())
        {
            var stored = await kernel.Get<Blobs>().PutManyAsync(db, [.. contents.Select((c, n) => new NewBlob(c, $"many/{n}"))], "tests", Cancellation);
            await db.SaveChangesAsync(Cancellation);
            Assert.Equal(contents.Select(c => new StoredBlob(BlobHash.Of(c), c.Length)), stored);
        }

        var kept = await kernel.Get<IBlobStore>().ListAsync(Cancellation).Select(b => b.Hash).ToListAsync(Cancellation);
        Assert.Equal(contents.Select(c => BlobHash.Of(c)).Distinct().ToHashSet(), [.. kept]);
        Assert.Equal("content 599", await ReadAsync(kernel, BlobHash.Of("content 599"u8), 0, null));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await SweepAsync(kernel));
        Assert.Empty(Directory.GetFiles(Path.Combine(kernel.Get<DataFolder>().Blobs, "arriving")));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_swept_before_it_is_referred_to_is_said(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var stored = await kernel.Get<IBlobStore>().PutManyAsync(["one"u8.ToArray(), "two"u8.ToArray()], Cancellation);
        await kernel.Get<IBlobStore>().DeleteAsync(stored[1].Hash, Cancellation);
        await using var db = kernel.OpenDb();
        await Assert.ThrowsAsync<IOException>(() => kernel.Get<Blobs>().ReferToManyAsync(db, [("a", stored[0]), ("b", stored[1])], "tests", Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Too_much_content_leaves_nothing(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using var db = kernel.OpenDb();
        await Assert.ThrowsAsync<BlobTooLargeException>(
            () => kernel.Get<Blobs>().PutAsync(db, new MemoryStream(new byte[1001]), "tests", "big", 1000, Cancellation));
        Assert.Empty(Directory.GetFiles(kernel.Get<DataFolder>().Blobs, "*", SearchOption.AllDirectories));
    }

    [Theory, OnBothDatabases]
    public async Task The_sweep_takes_what_nobody_needs_after_its_grace(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var kernel = await TestKernel.StartAsync(provider, new() { Clock = clock });
        var kept = await PutAsync(kernel, "kept"u8.ToArray(), "kept");
        await PutAsync(kernel, "given up"u8.ToArray(), "gone");
        await kernel.Get<IBlobStore>().PutAsync(new MemoryStream("never committed"u8.ToArray()), 100, Cancellation);
        await using (var db = kernel.OpenDb())
        {
            await kernel.Get<Blobs>().ReleaseAsync(db, "tests", "gone", Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(0, await SweepAsync(kernel));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(2, await SweepAsync(kernel));
        Assert.Equal(kept.Hash, Assert.Single(await kernel.Get<IBlobStore>().ListAsync(Cancellation).ToListAsync(Cancellation)).Hash);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_swept_while_it_is_put_is_put_again(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await using (var db = kernel.OpenDb())
        {
            await new Blobs(new SweptOnce(kernel.Get<IBlobStore>()), TimeProvider.System).PutAsync(db, new MemoryStream("still here"u8.ToArray()), "tests", "swept", 100, Cancellation);
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal("still here", await ReadAsync(kernel, BlobHash.Of("still here"u8), 0, null));
    }

    [Theory, OnBothDatabases]
    public async Task Verifying_names_missing_and_changed_blobs(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var (missing, changed) = (await PutAsync(kernel, "missing"u8.ToArray(), "m"), await PutAsync(kernel, "changed"u8.ToArray(), "c"));
        await PutAsync(kernel, "good"u8.ToArray(), "g");
        await kernel.Get<IBlobStore>().DeleteAsync(missing.Hash, Cancellation);
        await File.WriteAllTextAsync(
            Directory.GetFiles(kernel.Get<DataFolder>().Blobs, changed.Hash.Hex, SearchOption.AllDirectories)[0], "changed!", Cancellation);
        var faults = await kernel.InScopeAsync(async s => await s.GetRequiredService<BlobUpkeep>().VerifyAsync(null, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(
            new HashSet<BlobFault> { new(missing.Hash, BlobFaultKind.Missing), new(changed.Hash, BlobFaultKind.Changed) }, faults.ToHashSet());
    }

    private static async Task<StoredBlob> PutAsync(TestKernel kernel, byte[] content, string key)
    {
        await using var db = kernel.OpenDb();
        var stored = await kernel.Get<Blobs>().PutAsync(db, new MemoryStream(content), "tests", key, 1_000_000, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        return stored;
    }

    private static Task<int> SweepAsync(TestKernel kernel)
        => kernel.InScopeAsync(scope => scope.GetRequiredService<BlobUpkeep>().SweepAsync(Cancellation));

    private static async Task<string?> ReadAsync(TestKernel kernel, BlobHash hash, long offset, long? length)
    {
        await using var content = await kernel.Get<Blobs>().OpenAsync(hash, offset, length, Cancellation);
        return content is null ? null : await new StreamReader(content).ReadToEndAsync(Cancellation);
    }

    /// <summary>Loses the first blob right after it was put, as a sweep does whose clock ran ahead.</summary>
    private sealed class SweptOnce(IBlobStore inner) : IBlobStore
    {
        private bool _hasSwept;

        public async Task<StoredBlob> PutAsync(Stream content, long maxBytes, CancellationToken cancellation)
        {
            var stored = await inner.PutAsync(content, maxBytes, cancellation);
            if (!_hasSwept)
            {
                _hasSwept = true;
                await inner.DeleteAsync(stored.Hash, cancellation);
            }

            return stored;
        }

        public Task<IReadOnlyList<StoredBlob>> PutManyAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellation) => inner.PutManyAsync(contents, cancellation);

        public Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation) => inner.OpenAsync(hash, offset, length, cancellation);

        public Task<DateTime?> WrittenAtAsync(BlobHash hash, CancellationToken cancellation) => inner.WrittenAtAsync(hash, cancellation);

        public Task DeleteAsync(BlobHash hash, CancellationToken cancellation) => inner.DeleteAsync(hash, cancellation);

        public IAsyncEnumerable<BlobObject> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);

        public Task RemoveArrivalsAsync(DateTime olderThan, CancellationToken cancellation) => inner.RemoveArrivalsAsync(olderThan, cancellation);
    }
}
