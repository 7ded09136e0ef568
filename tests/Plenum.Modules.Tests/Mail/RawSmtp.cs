using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plenum.Modules.Tests.Mail;

/// <summary>A client that says any octets it likes.</summary>
internal sealed class RawSmtp : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly StreamReader _reader;

    private RawSmtp(TcpClient client)
    {
        _client = client;
        Stream = client.GetStream();
        _reader = new(Stream, Encoding.ASCII);
    }

    public NetworkStream Stream { get; }

    public static async Task<RawSmtp> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, MailHost.Cancellation);
        var raw = new RawSmtp(client);
        await raw.ReplyAsync();
        return raw;
    }

    /// <summary>Says a line and reads the reply's last line.</summary>
    public Task<string> SayAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    public async Task<string> SendAsync(byte[] octets)
    {
        await Stream.WriteAsync(octets, MailHost.Cancellation);
        return await ReplyAsync();
    }

    /// <summary>The last line of the next reply; empty when the server hung up.</summary>
    public async Task<string> ReplyAsync()
    {
        while (await _reader.ReadLineAsync(MailHost.Cancellation) is { } line)
        {
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }

        return "";
    }

    /// <summary>EHLO, MAIL, RCPT, DATA.</summary>
    public async Task<string> BeginAsync(string from = "x@example.net", string to = "open@lists.plenum.test")
    {
        await SayAsync("EHLO client.example.net");
        await SayAsync($"MAIL FROM:<{from}>");
        await SayAsync($"RCPT TO:<{to}>");
        return await SayAsync("DATA");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
