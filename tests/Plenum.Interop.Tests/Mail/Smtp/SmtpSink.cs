using System.Diagnostics;
using System.Globalization;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>Postfix's smtp-sink, which keeps each message in a file.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plenum-sink-");

    private SmtpSink(int port, string[] options)
    {
        using (var open = System.Diagnostics.Process.Start("/bin/chmod", ["o+rwx", _folder.FullName]))
        {
            open.WaitForExit();
        }

        Port = port;
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        _process = Peer.Start("/usr/sbin/smtp-sink", [.. user, "-d", $"{_folder.FullName}/%M.", .. options, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "100"]);
    }

    public int Port { get; }

    /// <param name="options">As of smtp-sink(1), e.g. "-8" to hide 8BITMIME.</param>
    public static Task<SmtpSink> StartAsync(params string[] options) => StartOnAsync(FreePorts.Next(), options);

    /// <summary>On a port where another was before it.</summary>
    public static async Task<SmtpSink> StartOnAsync(int port, params string[] options)
    {
        var sink = new SmtpSink(port, options);
        await Peer.ListeningAsync(sink.Port);
        return sink;
    }

    /// <summary>The messages it took, with the lines smtp-sink puts before each.</summary>
    public IReadOnlyList<string> Messages => [.. _folder.GetFiles().Where(f => f.Length > 0).Select(f => File.ReadAllText(f.FullName))];

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
