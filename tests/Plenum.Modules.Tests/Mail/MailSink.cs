using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plenum.Modules.Tests.Mail;

/// <summary>What a sink took.</summary>
internal sealed record SunkMail(string From, IReadOnlyList<string> Recipients, string Content, string MailLine, IReadOnlyList<string> RecipientLines, bool IsEncrypted, int Connection);

/// <summary>A mail server of other people: a plain line server of its own, so that nothing of ours judges ours. It does what the test says.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private int _connections;

    public MailSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public ConcurrentQueue<SunkMail> Mails { get; } = [];

    public IReadOnlyList<string> Extensions { get; set; } = ["PIPELINING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE 10000000"];

    public Func<string, string> OnMail { get; set; } = _ => "250 2.1.0 ok";

    /// <summary>Given the address.</summary>
    public Func<string, string> OnRecipient { get; set; } = _ => "250 2.1.5 ok";

    /// <summary>Given the content; null hangs up instead.</summary>
    public Func<string, string?> OnContent { get; set; } = _ => "250 2.0.0 taken";

    public string Greeting { get; set; } = "220 sink ESMTP";

    /// <summary>Expected "AUTH PLAIN …"; null asks for none.</summary>
    public string? Login { get; set; }

    public bool BreaksTls { get; set; }

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sink", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            try
            {
                using var dialogue = new Dialogue(this, client.GetStream(), number, isEncrypted: false);
                await dialogue.RunAsync(_stop.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client's affair.
            }
        }
    }

    private sealed class Dialogue(MailSink sink, Stream stream, int number, bool isEncrypted) : IDisposable
    {
        private readonly StreamReader _reader = new(stream, Encoding.Latin1, false, 4096, leaveOpen: true);
        private readonly List<string> _recipients = [];
        private string _mail = "";
        private bool _signedIn = sink.Login is null;

        public void Dispose() => _reader.Dispose();

        public async Task RunAsync(CancellationToken cancellation)
        {
            if (!isEncrypted)
            {
                await SayAsync(sink.Greeting);
            }

            while (await _reader.ReadLineAsync(cancellation) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "EHLO" when sink.Extensions is []:
                        await SayAsync("502 5.5.1 what");
                        break;
                    case "EHLO":
                        List<string> lines = ["sink", .. sink.Extensions.Where(e => e != "STARTTLS" || !isEncrypted)];
                        await SayAsync(string.Join("\r\n", lines.Select((l, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{l}")));
                        break;
                    case "STARTTLS":
                        await SayAsync("220 2.0.0 go");
                        if (sink.BreaksTls)
                        {
                            return;
                        }

                        await using (var tls = new SslStream(stream, leaveInnerStreamOpen: true))
                        {
                            await tls.AuthenticateAsServerAsync(sink._certificate);
                            using var within = new Dialogue(sink, tls, number, isEncrypted: true);
                            await within.RunAsync(cancellation);
                        }

                        return;
                    case "AUTH":
                        _signedIn = line == sink.Login;
                        await SayAsync(_signedIn ? "235 2.7.0 ok" : "535 5.7.8 no");
                        break;
                    case "MAIL":
                        _mail = line;
                        _recipients.Clear();
                        await SayAsync(_signedIn ? sink.OnMail(line) : "530 5.7.0 sign in");
                        break;
                    case "RCPT":
                        var reply = sink.OnRecipient(Path(line));
                        if (reply[0] == '2')
                        {
                            _recipients.Add(line);
                        }

                        await SayAsync(reply);
                        break;
                    case "DATA":
                        if (!await TakeAsync(cancellation))
                        {
                            return;
                        }

                        break;
                    case "QUIT":
                        await SayAsync("221 2.0.0 bye");
                        return;
                    default:
                        await SayAsync("250 2.0.0 ok");
                        break;
                }
            }
        }

        private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        private async Task<bool> TakeAsync(CancellationToken cancellation)
        {
            if (_recipients.Count == 0)
            {
                await SayAsync("554 5.5.1 nobody");
                return true;
            }

            await SayAsync("354 go");
            var content = new StringBuilder();
            while (await _reader.ReadLineAsync(cancellation) is var line && line != ".")
            {
                if (line is null)
                {
                    return false; // The client died before the final dot: this is no mail.
                }

                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            if (sink.OnContent(content.ToString()) is not { } reply)
            {
                return false;
            }

            if (reply[0] == '2')
            {
                sink.Mails.Enqueue(new(Path(_mail), [.. _recipients.Select(Path)], content.ToString(), _mail, [.. _recipients], isEncrypted, number));
            }

            await SayAsync(reply);
            return true;
        }

        private async Task SayAsync(string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"));
    }
}
