using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Receiving;

/// <summary>What no mail program sends.</summary>
public sealed class HostileTests
{
    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Fact]
    public async Task An_oversized_message_is_refused_and_nothing_of_it_stays()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Mail:MaxMessageBytes", "65536"));
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.SayAsync("EHLO c");
        Assert.StartsWith("552 5.3.4", await raw.SayAsync("MAIL FROM:<x@example.net> SIZE=65537"), StringComparison.Ordinal);
        await raw.BeginAsync();
        Assert.StartsWith("552 5.3.4", await raw.SayAsync("Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", 10_000)) + "."), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Database.Folder, "blobs"), "*", SearchOption.AllDirectories));
        Assert.StartsWith("250", await raw.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_header_is_refused()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        Assert.StartsWith("552 5.3.4 The header", await raw.SayAsync(string.Concat(Enumerable.Repeat("X-Spam: " + new string('x', 90) + "\r\n", 5_000)) + "\r\nx\r\n."), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a bare LF", "Subject: x\r\n\r\na\nb\r\n.\r\n", "554 5.6.0")]
    [InlineData("a bare CR", "Subject: x\r\n\r\na\rb\r\n.\r\n", "554 5.6.0")]
    [InlineData("NUL in the body", "Subject: x\r\n\r\na\0b\r\n.\r\n", "250 2.0.0")]
    [InlineData("broken UTF-8 in header and body", "Subject: \xFF\xFE\xC3\r\nFrom: \xC3\r\n\r\n\xFF\xC0\x80\r\n.\r\n", "250 2.0.0")]
    [InlineData("no header", "\r\nx\r\n.\r\n", "250 2.0.0")]
    [InlineData("nothing", ".\r\n", "250 2.0.0")]
    [InlineData("no field", "hello\r\nworld\r\n\r\n.\r\n", "250 2.0.0")]
    [InlineData("broken fields", ":\r\n : \r\nFrom: <<>>,;@\r\nTo: \"\r\nDate: never\r\nMessage-ID: <\r\nReferences: <<a>> b <c\r\nDKIM-Signature: v=\r\nReceived:\r\n\r\n.\r\n", "250 2.0.0")]
    public async Task Strange_octets_get_their_reply(string name, string octets, string reply)
    {
        Assert.NotEmpty(name);
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        Assert.StartsWith(reply, await raw.SendAsync(Encoding.Latin1.GetBytes(octets)), StringComparison.Ordinal);
        if (reply.StartsWith('2'))
        {
            var content = octets[..^3].Replace("\r\n..", "\r\n.", StringComparison.Ordinal);
            Assert.EndsWith(content, await host.TextAsync(Assert.Single(host.Boards.Received).Blob), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nesting_of_300_levels_is_octets_like_any_other()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        var nested = new StringBuilder("Subject: deep\r\nMIME-Version: 1.0\r\n");
        for (var level = 0; level < 300; level++)
        {
            nested.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n");
        }

        Assert.StartsWith("250", await raw.SayAsync(nested + "\r\nend\r\n."), StringComparison.Ordinal);
        Assert.Equal("deep", Assert.Single(host.Boards.Received).Header.Subject);
    }

    [Fact]
    public async Task A_client_that_vanishes_within_a_message_leaves_nothing()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using (var raw = await RawSmtp.ConnectAsync(host.RelayPort))
        {
            await raw.BeginAsync();
            await raw.Stream.WriteAsync("Subject: x\r\n\r\nhalf a mess"u8.ToArray(), Cancellation);
        }

        using var other = await RawSmtp.ConnectAsync(host.RelayPort);
        await other.BeginAsync();
        Assert.StartsWith("250", await other.SayAsync("Subject: whole\r\n\r\n."), StringComparison.Ordinal);
        await Patience.UntilAsync(() => Directory.GetFiles(Path.Combine(host.Database.Folder, "blobs", "arriving")).Length == 0, Cancellation, "the half message is gone");
        Assert.Equal("whole", Assert.Single(host.Boards.Received).Header.Subject);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_passes()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, module =>
        {
            module.Services.AddSingleton<FullStore>();
            module.Services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<FullStore>());
        });
        var disk = host.Services.GetRequiredService<FullStore>();
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        disk.IsFull = true;
        Assert.Equal("452 4.3.1 There is no room for mail now", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."));
        disk.IsFull = false;
        await raw.BeginAsync();
        Assert.StartsWith("250", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_database_is_said_and_passes()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Database:BusyTimeoutMilliseconds", "200"));
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(host.Database.Folder, "plenum.db")};Pooling=False");
        await other.OpenAsync(Cancellation);
        await using (await other.BeginTransactionAsync(Cancellation))
        {
            Assert.Equal("451 4.3.0 Trouble on our side, try again later", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."));
        }

        await raw.BeginAsync();
        Assert.StartsWith("250", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        Assert.Equal(1, await RelayTests.KeptAsync(host));
    }

    private sealed class FullStore(DataFolder folder) : IBlobStore
    {
        private readonly FolderBlobStore _inner = new(folder.Blobs);

        public bool IsFull { get; set; }

        public Task<StoredBlob> PutAsync(Stream content, long maxBytes, CancellationToken cancellation)
            => IsFull ? throw new IOException("No space left on device", 28) : _inner.PutAsync(content, maxBytes, cancellation);

        public Task<IReadOnlyList<StoredBlob>> PutManyAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellation)
            => IsFull ? throw new IOException("No space left on device", 28) : _inner.PutManyAsync(contents, cancellation);

        public Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation) => _inner.OpenAsync(hash, offset, length, cancellation);

        public Task<DateTime?> WrittenAtAsync(BlobHash hash, CancellationToken cancellation) => _inner.WrittenAtAsync(hash, cancellation);

        public Task DeleteAsync(BlobHash hash, CancellationToken cancellation) => _inner.DeleteAsync(hash, cancellation);

        public IAsyncEnumerable<BlobObject> ListAsync(CancellationToken cancellation) => _inner.ListAsync(cancellation);

        public Task RemoveArrivalsAsync(DateTime olderThan, CancellationToken cancellation) => _inner.RemoveArrivalsAsync(olderThan, cancellation);
    }
}
