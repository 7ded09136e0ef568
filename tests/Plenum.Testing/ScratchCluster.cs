using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Plenum.Testing;

/// <summary>
/// One PostgreSQL server for a whole test run: the one named in PLENUM_TEST_POSTGRES (a connection string of a superuser), or a fresh
/// one of Debian's on a free loopback port, which ends with this process however that ends.
/// </summary>
public static class ScratchCluster
{
    private const string Fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    private static Process? _shell; // Held: if it were collected, its input would close and the server end.
    private static readonly Lazy<Task<string>> Shared = new(() => StartAsync($"{Fast} -c shared_buffers={SharedBuffers}"));

    /// <summary>Memory for the pages of its tables, as PostgreSQL writes it. To be said before the first database is asked for.</summary>
    public static string SharedBuffers { get; set; } = "128MB";

    /// <summary>Connection string of a superuser to the database "postgres".</summary>
    public static Task<string> ConnectionStringAsync()
        => Environment.GetEnvironmentVariable("PLENUM_TEST_POSTGRES") is { Length: > 0 } given ? Task.FromResult(given) : Shared.Value;

    private static async Task<string> StartAsync(string settings)
    {
        var programs = Programs();
        var folder = Directory.CreateTempSubdirectory("plenum-pg-").FullName;
        var port = FreePorts.Next();
        var shell = Start(Script, ("BIN", programs), ("DIR", folder), ("PORT", port.ToString(CultureInfo.InvariantCulture)), ("SETTINGS", settings));
        _shell = shell;
        var said = new List<string>();
        while (await shell.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                return new NpgsqlConnectionStringBuilder
                {
                    Host = "127.0.0.1",
                    Port = port,
                    Username = "postgres",
                    Database = "postgres",
                    IncludeErrorDetail = true,
                }.ToString();
            }

            said.Add(line);
        }

        throw new InvalidOperationException("PostgreSQL did not start: " + string.Join('\n', said));
    }

    // The script waits for the end of its input, a pipe from this process: it closes even when this process is killed.
    private const string Script = """
        exec 2>&1
        if [ "$(id -u)" = 0 ]; then chown postgres "$DIR"; as="runuser -u postgres --"; else as=""; fi
        cd /
        $as "$BIN/initdb" -D "$DIR/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >"$DIR.log" 2>&1 \
          && $as "$BIN/pg_ctl" -D "$DIR/data" -w -t 60 -l "$DIR/log" \
            -o "-p $PORT -k $DIR -c listen_addresses=127.0.0.1 -c max_connections=400 -c timezone=America/New_York $SETTINGS" start >>"$DIR.log" 2>&1 \
          && echo ready || cat "$DIR.log" "$DIR/log"
        cat >/dev/null
        $as "$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$DIR" "$DIR.log"
        """;

    private static Process Start(string script, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        var newest = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).Where(d => File.Exists(Path.Combine(d, "bin", "initdb"))).MaxBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            : null;
        return newest is null
            ? throw new InvalidOperationException("No PostgreSQL server: apt-get install postgresql, or set PLENUM_TEST_POSTGRES.")
            : Path.Combine(newest, "bin");
    }
}
