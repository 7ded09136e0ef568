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

    /// <summary>The newest mail to someone that the house spooled, waited for if need be.</summary>
    public async Task<MimeMessage> MailToAsync(string address, string holding, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var newest = Directory.EnumerateFiles(Path.Combine(_database.Folder, "blobs"), "*", SearchOption.AllDirectories)
                .OrderByDescending(File.GetLastWriteTimeUtc).Select(Read)
                .FirstOrDefault(m => m is not null && m.To.Mailboxes.Any(t => t.Address == address) && m.TextBody?.Contains(holding, StringComparison.Ordinal) == true);
            if (newest is not null)
            {
                return newest;
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

    private static MimeMessage? Read(string file)
    {
        try
        {
            return MimeMessage.Load(file);
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException)
        {
            return null; // Another kind of blob, or one that is being written.
        }
    }
}
