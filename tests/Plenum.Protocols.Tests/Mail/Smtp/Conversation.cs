using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>Runs what a client says against a server in memory and collects what the server says.</summary>
internal sealed class Conversation
{
    public static readonly SmtpServerOptions Relay = new() { HostName = "mx.example.org", MaxMessageBytes = 1_000, MaxRecipients = 3 };

    public static readonly SmtpServerOptions Submission = Relay with { IsEncrypted = true, RequiresSignIn = true, Mechanisms = ["PLAIN", "LOGIN"] };

    public ScriptedHouse House { get; init; } = new();

    public SmtpServerOptions Options { get; init; } = Relay;

    /// <summary>Says all, hangs up, and yields the codes of the replies (and "-" lines left out).</summary>
    public async Task<string> CodesAsync(params string[] lines)
        => string.Join(' ', (await RunAsync([Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n")))])).Select(r => r[..3]));

    /// <summary>Says the pieces as they are, each in a read of its own, and yields the last line of every reply.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(IEnumerable<byte[]> pieces)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, House, Options, new FakeTimeProvider()).RunAsync(cancellation);
        var replies = ReadToEndAsync(pair.Client.Input, cancellation);
        foreach (var piece in pieces)
        {
            await pair.Client.Output.WriteAsync(piece, cancellation);
            await Task.Yield();
        }

        await pair.Client.Output.CompleteAsync();
        await running;
        await pair.Server.Output.CompleteAsync();
        return [.. (await replies).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length < 4 || line[3] != '-')];
    }

    private static async Task<string> ReadToEndAsync(PipeReader input, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await input.CopyToAsync(all, cancellation);
        return Encoding.ASCII.GetString(all.ToArray());
    }
}
