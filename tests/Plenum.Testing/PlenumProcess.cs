using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Plenum.Testing;

/// <summary>The real <c>plenum</c> executable on a scratch database, with ports of its own.</summary>
public sealed class PlenumProcess : IAsyncDisposable
{
    private const int Attempts = 5; // Another process may take a port between the look and the start.
    private const int FirstBase = 10_000;
    private const int LastBase = 15_500; // The highest port stays below those of FreePorts.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PlenumProcess(Process process, int portBase)
    {
        (_process, PortBase) = (process, portBase);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("plenum ended before it was ready:\n" + Output));
    }

    /// <summary>The executable of this checkout.</summary>
    public static string Executable { get; } = TestNode.Program("Plenum", "plenum");

    public int PortBase { get; }

    public int Id => _process.Id;

    public Uri Web => new($"http://127.0.0.1:{PortBase + 8080}/");

    public Uri Internal => new($"http://127.0.0.1:{PortBase + 8081}/");

    /// <summary>Everything it wrote so far, both streams.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts <c>plenum serve</c> and waits for its ready line.</summary>
    public static async Task<PlenumProcess> ServeAsync(ScratchDatabase database, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(database);
        for (var attempt = 1; ; attempt++)
        {
            var portBase = FreeBase();
            var started = new PlenumProcess(Start(["serve", "--data", database.Folder, "--port-base", portBase.ToString(CultureInfo.InvariantCulture), .. SettingsOf(database), .. arguments]), portBase);
            try
            {
                await started._ready.Task.WaitAsync(StartLimit);
                return started;
            }
            catch (Exception failed)
            {
                await started.DisposeAsync();
                if (attempt == Attempts || !started.Output.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
                {
                    throw new InvalidOperationException($"plenum did not become ready: {failed.Message}\n{started.Output}", failed);
                }
            }
        }
    }

    /// <summary>Runs any verb to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>The database of a test as settings on the command line.</summary>
    public static string[] SettingsOf(ScratchDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return [.. database.Settings.Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => $"--{s.Key}={s.Value}")];
    }

    /// <summary>Waits until it has written this.</summary>
    public async Task SaysAsync(string text)
    {
        using var deadline = new CancellationTokenSource(StartLimit);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            await Patience.BreatheAsync(deadline.Token);
        }
    }

    /// <summary>Asks it to stop, as systemd does (SIGTERM).</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Ends it without a chance to say goodbye (SIGKILL).</summary>
    public void Kill() => Signal("KILL");

    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            try
            {
                await ExitAsync(TimeSpan.FromSeconds(40));
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private static Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Executable, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("PLENUM_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["LANG"] = "C.UTF-8";
        return Process.Start(start)!;
    }

    // Ports of the protocols lie between 2143 and 8443 above the base.
    private static int FreeBase()
    {
        while (true)
        {
            var candidate = Random.Shared.Next(FirstBase, LastBase);
            if (((int[])[8080, 8081, 8443, 2525, 2587, 2465, 2143, 2993, 4190, 5222, 5223, 5269, 5060]).All(p => FreePorts.IsFree(candidate + p)))
            {
                return candidate;
            }
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            if (line.StartsWith("Plenum is ready", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }
    }
}
