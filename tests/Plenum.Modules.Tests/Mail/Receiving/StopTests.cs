using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Receiving;

/// <summary>The real process, asked to stop while mail is coming in (SIGTERM).</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Theory, OnBothDatabases]
    public async Task A_message_that_is_half_here_is_to_come_again_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using (var plenum = await ServeAsync(database))
        {
            using var raw = await RawSmtp.ConnectAsync(plenum.PortBase + 2525);
            await raw.BeginAsync(to: "techtalk@lists.plenum.test");
            await raw.Stream.WriteAsync("From: x@example.net\r\nSubject: half\r\n\r\nhalf a mess"u8.ToArray(), Cancellation);
            await Patience.UntilAsync(() => Arriving(database).Length == 1, Cancellation, "the beginning is on the disk");
            plenum.Terminate();
            Assert.StartsWith("421 4.3.2", await raw.ReplyAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await plenum.ExitAsync(Limit));
        }

        Assert.Empty(Arriving(database));
        Assert.Equal(0, await PostsAsync(database, "half"));
    }

    [Theory, OnBothDatabases]
    public async Task A_message_that_is_whole_is_kept_before_the_end(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using (var plenum = await ServeAsync(database))
        {
            using var raw = await RawSmtp.ConnectAsync(plenum.PortBase + 2525);
            await raw.BeginAsync(to: "techtalk@lists.plenum.test");
            await using (var other = await database.OpenAsync(Cancellation))
            {
                await DoAsync(other, provider is DatabaseProvider.SQLite ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE discussions_post IN ACCESS EXCLUSIVE MODE");
                await raw.Stream.WriteAsync("From: x@example.net\r\nSubject: whole\r\n\r\nall of it\r\n.\r\n"u8.ToArray(), Cancellation);
                await Patience.UntilAsync(() => IsStored(database, "Subject: whole"), Cancellation, "the message waits for its place in the database");
                plenum.Terminate();
                await Patience.UntilAsync(() => RefusesAsync(plenum), Cancellation, "no new connections");
                await DoAsync(other, "ROLLBACK");
            }

            Assert.StartsWith("250 2.0.0", await raw.ReplyAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await plenum.ExitAsync(Limit));
        }

        Assert.Equal(1, await PostsAsync(database, "whole"));
    }

    private static Task<PlenumProcess> ServeAsync(ScratchDatabase database)
        => PlenumProcess.ServeAsync(database, "--demo", "--Mail:ChecksSenders=false", "--Database:BusyTimeoutMilliseconds=20000");

    private static string[] Arriving(ScratchDatabase database) => Directory.GetFiles(Path.Combine(database.Folder, "blobs", "arriving"));

    private static bool IsStored(ScratchDatabase database, string text)
        => Directory.GetFiles(Path.Combine(database.Folder, "blobs"), "*", SearchOption.AllDirectories)
            .Any(f => !f.Contains("/arriving/", StringComparison.Ordinal) && File.ReadAllText(f, Encoding.Latin1).Contains(text, StringComparison.Ordinal));

    private static async Task<bool> RefusesAsync(PlenumProcess plenum)
    {
        try
        {
            using var probe = await RawSmtp.ConnectAsync(plenum.PortBase + 2525);
            return (await probe.SayAsync("NOOP")).StartsWith("421", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            return true;
        }
    }

    private static async Task<object?> DoAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this class.
        command.CommandText = statement;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static async Task<long> PostsAsync(ScratchDatabase database, string subject)
    {
        await using var connection = await database.OpenAsync(Cancellation);
        return (long)(await DoAsync(connection, $"SELECT count(*) FROM discussions_post WHERE subject = '{subject}'"))!;
    }
}
