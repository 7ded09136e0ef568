using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Browser.Tests.House;

/// <summary>The real program as a process of its own: <c>plenum serve --demo</c> on free ports, with a database and a data folder of its own.</summary>
public sealed class DemoServer : IAsyncDisposable
{
    private const int HttpPort = 8080;
    private const int HttpsPort = 8443;
    private static readonly int[] UsualPorts = [HttpPort, 8081, HttpsPort, 2525, 2587, 2465, 2143, 2993, 4190, 5222, 5223, 5269, 5060, 64738];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90); // Cold, on a machine that builds something else meanwhile.
    private readonly Process _process;
    private readonly ScratchDatabase _database;

    private DemoServer(Process process, ScratchDatabase database, int portBase)
    {
        _process = process;
        _database = database;
        Address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{HttpPort + portBase}");
        SecureAddress = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{HttpsPort + portBase}");
    }

    public string Address { get; }

    /// <summary>The same over TLS, with a certificate of the development CA.</summary>
    public string SecureAddress { get; }

    public static async Task<DemoServer> StartAsync(DatabaseProvider provider)
    {
        var database = await ScratchDatabase.EmptyAsync(provider);
        var portBase = FreeBase();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", "Plenum", "debug", "plenum.dll"), "serve", "--demo", "--data", database.Folder,
            "--port-base", portBase.ToString(CultureInfo.InvariantCulture), $"--Ports:Listen:https={HttpsPort}",
            .. database.Settings.Where(s => s.Value is { Length: > 0 }).Select(s => $"--{s.Key}={s.Value}"),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start)!;
        var server = new DemoServer(process, database, portBase);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
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
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
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

    // All usual ports moved by one number: the highest leaves room for some 780.
    private static int FreeBase()
    {
        var offset = Random.Shared.Next(780);
        for (var i = 0; i < 780; i++)
        {
            var candidate = 10 + ((offset + i) % 780);
            if (UsualPorts.All(p => IsFree(p + candidate)))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("No free ports.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("Plenum is ready", StringComparison.Ordinal))
            {
                _process.OutputDataReceived += (_, _) => { }; // The pipes must not fill up.
                _process.ErrorDataReceived += (_, _) => { };
                _process.BeginErrorReadLine();
                _ = DrainAsync(_process.StandardOutput);
                return;
            }
        }

        throw new InvalidOperationException($"The demo did not start.\n{string.Join('\n', said)}\n{await _process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    private static async Task DrainAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is not null)
        {
        }
    }
}
