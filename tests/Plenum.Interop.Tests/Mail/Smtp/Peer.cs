using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>A program of Debian's.</summary>
internal static class Peer
{
    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public static Process Start(string program, params string[] arguments)
    {
        Assert.True(File.Exists(program), $"{program} is missing: apt-get install swaks libnet-ssleay-perl postfix");
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Waits until something listens on the port.</summary>
    public static Task ListeningAsync(int port) => Patience.UntilAsync(
        async () =>
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        },
        TestContext.Current.CancellationToken,
        $"port {port} open");
}
