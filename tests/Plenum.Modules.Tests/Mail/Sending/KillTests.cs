using System.Collections.Concurrent;
using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Plenum.Kernel.Data;
using Plenum.Modules.Tests.Mail.Receiving;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Sending;

/// <summary>The real process, killed in the middle of its work.</summary>
public sealed class KillTests
{
    private const int Connections = 8;
    private const int Clients = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_was_promised_arrives_and_hardly_anything_twice(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var sink = new MailSink();
        string[] arguments = ["--demo", $"--Mail:SmartHost={sink.Address}", string.Create(CultureInfo.InvariantCulture, $"--Mail:ConnectionsToSmartHost={Connections}")];
        var promised = new ConcurrentBag<string>();
        const int Rounds = 3;
        for (var round = 1; round <= Rounds; round++)
        {
            await using var plenum = await PlenumProcess.ServeAsync(database, arguments);
            var before = sink.Mails.Count;
            var writing = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => WriteAsync(plenum, $"{round}.{client}", promised)));
            await Patience.UntilAsync(() => sink.Mails.Count >= before + 10 || writing.IsCompleted, Cancellation, "some mail went out");
            plenum.Kill();
            await plenum.ExitAsync(TimeSpan.FromSeconds(30));
            await writing;
        }

        Assert.InRange(promised.Count, 10, int.MaxValue);
        await using var last = await PlenumProcess.ServeAsync(database, arguments);
        await Patience.UntilAsync(() => promised.ToHashSet().IsSubsetOf(Arrived(sink)), Cancellation, "all that was promised");
        var arrived = Arrived(sink);
        Assert.InRange(arrived.Count - arrived.Distinct().Count(), 0, Rounds * Connections);
    }

    private static List<string> Arrived(MailSink sink)
        => [.. sink.Mails.Select(m => m.Content.Split("\r\n").First(l => l.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..])];

    // Writes until the server is gone; notes what the server said it has.
    private static async Task WriteAsync(PlenumProcess plenum, string name, ConcurrentBag<string> promised)
    {
        try
        {
            using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
            await client.ConnectAsync("127.0.0.1", plenum.PortBase + 2587, SecureSocketOptions.StartTls, Cancellation);
            await client.AuthenticateAsync("emil", "plenum-demo-app", Cancellation);
            for (var i = 0; i < 100; i++)
            {
                using var message = SubmissionTests.Letter("emil@plenum.test", string.Create(CultureInfo.InvariantCulture, $"x{i}@example.net"));
                message.Subject = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
                await client.SendAsync(message, Cancellation);
                promised.Add(message.Subject);
            }
        }
        catch (Exception gone) when (gone is IOException or SmtpProtocolException or SmtpCommandException or System.Net.Sockets.SocketException or SslHandshakeException or MailKit.ServiceNotConnectedException)
        {
            // Killed.
        }
    }
}
