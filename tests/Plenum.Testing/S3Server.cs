using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Plenum.Testing;

/// <summary>An S3 server in a process of its own (moto's), which ends with this one however that ends. bin/setup modules installs it.</summary>
public sealed class S3Server
{
    private static readonly Lazy<Task<S3Server>> Shared = new(StartAsync);
    private readonly Process _shell; // Held: if it were collected, its input would close and the server end.

    private S3Server(Process shell, string endpoint)
    {
        _shell = shell;
        Endpoint = endpoint;
    }

    /// <summary>False where none could be installed: the tests say so and are not counted as passed.</summary>
    public static bool IsInstalled => Find() is not null;

    public string Endpoint { get; }

    /// <summary>A new, empty bucket and the settings for it.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> BucketAsync(CancellationToken cancellation)
    {
        var server = await Shared.Value;
        var bucket = "b" + Guid.NewGuid().ToString("N");
        using var http = new HttpClient();
        using var made = await http.PutAsync(new Uri($"{server.Endpoint}/{bucket}"), null, cancellation);
        made.EnsureSuccessStatusCode();
        return new Dictionary<string, string?>
        {
            ["Blobs:Store"] = "S3",
            ["Blobs:S3Endpoint"] = server.Endpoint,
            ["Blobs:S3Bucket"] = bucket,
            ["Blobs:S3Prefix"] = "plenum/",
            ["Blobs:S3AccessKey"] = "test",
            ["Blobs:S3SecretKey"] = "test",
        };
    }

    private static async Task<S3Server> StartAsync()
    {
        var port = FreePorts.Next();
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "\"$SERVER\" -H 127.0.0.1 -p $PORT >\"$LOG\" 2>&1 & server=$!; cat >/dev/null; kill -KILL $server"])
        {
            RedirectStandardInput = true,
        };
        var log = Path.Combine(Path.GetTempPath(), $"plenum-s3-{port}.log");
        (start.Environment["SERVER"], start.Environment["PORT"], start.Environment["LOG"]) = (Find() ?? throw new InvalidOperationException("No S3 server: run bin/setup modules."), port.ToString(CultureInfo.InvariantCulture), log);
        var shell = Process.Start(start)!;
        using var http = new HttpClient();
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/moto-api/"), guard.Token);
                return new(shell, $"http://127.0.0.1:{port}");
            }
            catch (HttpRequestException)
            {
                await Patience.BreatheAsync(guard.Token);
            }
        }
    }

    private static string? Find()
    {
        var own = Path.Combine(SharedData.RepositoryRoot, "artifacts", "tools", "moto", "bin", "moto_server");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "moto_server")).Prepend(own).FirstOrDefault(File.Exists);
    }
}
