using System.Diagnostics;

namespace Plenum.Testing;

/// <summary>A node in a process of its own, that a test may kill. It dies with the test process, too.</summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private TestNode(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>The built program of a project; it lies beside whichever test runs it.</summary>
    /// <param name="project">"Plenum", "Plenum.Testing.Node".</param>
    /// <param name="assembly">Name of the assembly, if it is another.</param>
    public static string Program(string project, string? assembly = null)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)); // artifacts/bin/PROJECT/CONFIGURATION
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, configuration, $"{assembly ?? project}.dll"));
    }

    /// <param name="mode">"live", "count" or "store".</param>
    public static TestNode Start(string mode, ScratchDatabase database, string folder, params IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Start("dotnet", [Program("Plenum.Testing.Node"), mode, folder, .. database.Settings.Select(s => $"{s.Key}={s.Value}"), .. settings]);
    }

    /// <summary>Any program, to be spoken to in the same way.</summary>
    public static TestNode Start(string program, IEnumerable<string> arguments) => new(Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Sends a line and reads the answer.</summary>
    public async Task<string> AskAsync(string line, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
        return await ReadLineAsync(cancellation);
    }

    /// <exception cref="InvalidOperationException">The node ended; the message is what it said to the last.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellation)
        => await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The node ended: " + await _errors);

    /// <summary>Waits for the end.</summary>
    /// <returns>Its exit code (137 after SIGKILL) and the lines it wrote.</returns>
    public async Task<(int ExitCode, string[] Lines, string Errors)> EndAsync(CancellationToken cancellation)
    {
        var lines = (await _process.StandardOutput.ReadToEndAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await _process.WaitForExitAsync(cancellation);
        return (_process.ExitCode, lines, await _errors);
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _errors;
        _process.Dispose();
    }
}
