using MimeKit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.House;

/// <summary>The real program as a process of its own: <c>plenum serve --demo</c> on free ports, with a database and a data folder of its own.</summary>
public sealed class DemoServer : IAsyncDisposable
{
    private const int HttpsPort = 8443;
    private readonly PlenumProcess _process;
    private readonly ScratchDatabase _database;

    private DemoServer(PlenumProcess process, ScratchDatabase database)
    {
        (_process, _database) = (process, database);
        Address = $"http://localhost:{process.Web.Port}";
        SecureAddress = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"https://localhost:{HttpsPort + process.PortBase}");
    }

    public string Address { get; }

    /// <summary>The same over TLS, with a certificate of the development CA.</summary>
    public string SecureAddress { get; }

    public static async Task<DemoServer> StartAsync(DatabaseProvider provider)
    {
        var database = await ScratchDatabase.EmptyAsync(provider);
        try
        {
            return new(await PlenumProcess.ServeAsync(database, "--demo", $"--Ports:Listen:https={HttpsPort}"), database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The newest mail to someone that the house has taken for sending, waited for if need be.</summary>
    public async Task<MimeMessage> MailToAsync(string address, string holding, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            foreach (var blob in await QueuedForAsync(address, limit.Token))
            {
                var mail = await MimeMessage.LoadAsync(Path.Combine(_database.Folder, "blobs", blob[..2], blob[2..4], blob), limit.Token);
                if (mail.TextBody?.Contains(holding, StringComparison.Ordinal) == true)
                {
                    return mail;
                }
            }

            await Patience.BreatheAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(); // Nothing is asked of its end.
        await _process.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Blobs of the committed mails to someone, newest first: a blob alone may belong to a mail whose link is not committed yet.</summary>
    private async Task<List<string>> QueuedForAsync(string address, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT blob FROM mail_message m JOIN mail_recipient r ON r.message_id = m.id WHERE r.address = @address ORDER BY r.id DESC";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("address", address);
        command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var blobs = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            blobs.Add(rows.GetString(0));
        }

        return blobs;
    }
}
