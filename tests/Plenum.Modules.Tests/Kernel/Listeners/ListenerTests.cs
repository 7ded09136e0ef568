using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Plenum.Kernel;
using Plenum.Kernel.Listeners;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Doors;

public sealed class ListenerTests
{
    private static readonly byte[] Signature = [.. "\r\n\r\n\0\r\nQUIT\n"u8];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trusted_proxy_tells_whom_it_speaks_for()
    {
        await using var house = await DoorHouse.StartAsync(settings: ("House:TrustedProxies:0", "127.0.0.0/8"));
        (byte[] Header, string Greeting)[] cases =
        [
            (Proxied(0x21, 0x11, [203, 0, 113, 9, 10, 0, 0, 1, 0x12, 0x67, 0, 25]), "hello 203.0.113.9:4711"),
            (Proxied(0x21, 0x11, [203, 0, 113, 9, 10, 0, 0, 1, 0x12, 0x67, 0, 25, 0x04, 0, 3, 1, 2, 3]), "hello 203.0.113.9:4711"), // With a TLV behind it.
            (Proxied(0x21, 0x21, [.. IPAddress.Parse("2001:db8::9").GetAddressBytes(), .. IPAddress.IPv6Loopback.GetAddressBytes(), 0x12, 0x67, 0, 25]), "hello [2001:db8::9]:4711"),
        ];
        foreach (var (header, greeting) in cases)
        {
            using var client = await house.ConnectAsync(Cancellation);
            foreach (var octet in header)
            {
                await client.GetStream().WriteAsync(new[] { octet }, Cancellation);
            }

            Assert.Equal(greeting, await ReadLineAsync(client.GetStream()));
        }

        using var check = await house.ConnectAsync(Cancellation); // LOCAL: the balancer's own check of health.
        await check.GetStream().WriteAsync(Proxied(0x20, 0x00, []), Cancellation);
        Assert.StartsWith("hello 127.0.0.1:", await ReadLineAsync(check.GetStream()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_else_a_trusted_proxy_sends_closes_the_connection()
    {
        await using var house = await DoorHouse.StartAsync(settings: ("House:TrustedProxies:0", "127.0.0.1"));
        byte[][] wrong =
        [
            "PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\r\n"u8.ToArray(), "EHLO x\r\n"u8.ToArray(), Proxied(0x31, 0x11, new byte[12]), Proxied(0x22, 0x11, new byte[12]),
            Proxied(0x21, 0x11, new byte[4]), Proxied(0x21, 0x31, new byte[216]), Proxied(0x21, 0x11, new byte[600]),
        ];
        foreach (var bytes in wrong)
        {
            using var client = await house.ConnectAsync(Cancellation);
            await client.GetStream().WriteAsync(bytes, Cancellation);
            Assert.Null(await ReadLineAsync(client.GetStream()));
        }
    }

    [Fact]
    public async Task A_stranger_who_pretends_to_be_a_proxy_is_not_believed()
    {
        await using var house = await DoorHouse.StartAsync();
        using var client = await house.ConnectAsync(Cancellation);
        await client.GetStream().WriteAsync(Proxied(0x21, 0x11, [203, 0, 113, 9, 10, 0, 0, 1, 0x12, 0x67, 0, 25]), Cancellation);
        Assert.StartsWith("hello 127.0.0.1:", await ReadLineAsync(client.GetStream()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_and_all_together_hold_only_so_many_connections()
    {
        await using var house = await DoorHouse.StartAsync(
            settings: [("House:TrustedProxies:0", "127.0.0.1"), ("Ports:ConnectionsPerAddress", "2"), ("Ports:ConnectionsPerListener", "3")]);
        var open = new List<TcpClient>();
        async Task<string?> EnterAsync(byte host)
        {
            var client = await house.ConnectAsync(Cancellation);
            open.Add(client);
            await client.GetStream().WriteAsync(Proxied(0x21, 0x11, [203, 0, 113, host, 10, 0, 0, 1, 0x12, 0x67, 0, 25]), Cancellation);
            return await ReadLineAsync(client.GetStream());
        }

        Assert.NotNull(await EnterAsync(1));
        Assert.NotNull(await EnterAsync(1));
        Assert.Null(await EnterAsync(1));
        Assert.NotNull(await EnterAsync(2));
        Assert.Null(await EnterAsync(3));
        open.ForEach(c => c.Dispose());
        await Patience.UntilAsync(async () => await EnterAsync(1) is not null, Cancellation); // The house notices the ends a moment later.
        open.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task Closing_finishes_accepted_work_and_says_goodbye_to_who_waits()
    {
        await using var house = await DoorHouse.StartAsync();
        using var busy = await house.ConnectAsync(Cancellation);
        using var idle = await house.ConnectAsync(Cancellation);
        await ReadLineAsync(busy.GetStream());
        await ReadLineAsync(idle.GetStream());
        await busy.GetStream().WriteAsync("work\n"u8.ToArray(), Cancellation);
        await house.Work.Begun.Task;
        var closing = house.StopAsync(Cancellation);
        Assert.Equal("bye", await ReadLineAsync(idle.GetStream()));
        await Assert.ThrowsAnyAsync<SocketException>(async () => (await house.ConnectAsync(Cancellation)).Dispose());
        house.Work.Finish.SetResult();
        Assert.Equal("work", await ReadLineAsync(busy.GetStream()));
        await closing;
    }

    [Fact]
    public async Task Starting_TLS_shows_a_certificate_of_the_house_s_own_authority()
    {
        await using var house = await DoorHouse.StartAsync();
        using var client = await house.ConnectAsync(Cancellation);
        await ReadLineAsync(client.GetStream());
        await client.GetStream().WriteAsync("starttls\n"u8.ToArray(), Cancellation);
        Assert.Equal("go", await ReadLineAsync(client.GetStream()));
        var root = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(house.Folder, "dev-ca.pem"));
        await using var tls = await TrustAsync(client, root);
        await tls.WriteAsync("secret\n"u8.ToArray(), Cancellation);
        Assert.Equal("secret", await ReadLineAsync(tls));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("plenum-doors-").FullName;
        var (certificate, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        Write("first", certificate, key);
        await using var house = await DoorHouse.StartAsync(ListenerTls.Implicit, folder, ("Tls:CertificateFile", certificate), ("Tls:KeyFile", key));
        Assert.Equal("CN=first", await SubjectAsync(house));
        File.WriteAllText(certificate, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        File.SetLastWriteTimeUtc(certificate, DateTime.UtcNow.AddSeconds(5));
        house.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("CN=first", await SubjectAsync(house));
        Write("second", certificate, key);
        File.SetLastWriteTimeUtc(key, DateTime.UtcNow.AddSeconds(10));
        Assert.Equal("CN=first", await SubjectAsync(house)); // Looked at a moment ago.
        house.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("CN=second", await SubjectAsync(house));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_stops_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("plenum-doors-").FullName;
        var (certificate, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        Write("one", certificate, key);
        Write("another", Path.Combine(folder, "other.pem"), key);
        var stopped = await Assert.ThrowsAsync<StartupException>(
            () => DoorHouse.StartAsync(ListenerTls.Implicit, folder, ("Tls:CertificateFile", certificate), ("Tls:KeyFile", key)));
        Assert.StartsWith("Tls:CertificateFile", stopped.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] Proxied(byte command, byte family, byte[] body) => [.. Signature, command, family, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static void Write(string name, string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest($"CN={name}", pair, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
    }

    private static async Task<string> SubjectAsync(DoorHouse house)
    {
        using var client = await house.ConnectAsync(Cancellation);
        var shown = "";
#pragma warning disable CA5359 // The test looks at what is shown, whoever signed it.
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => (shown = certificate!.Subject).Length > 0);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Cancellation);
        return shown;
    }

    private static async Task<SslStream> TrustAsync(TcpClient client, X509Certificate2 root)
    {
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            Cancellation);
        return tls;
    }

    /// <summary>A line without its end; null when the other side closed or reset.</summary>
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        var line = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (await stream.ReadAsync(one, guard.Token) > 0)
            {
                if (one[0] == '\n')
                {
                    return line.ToString();
                }

                line.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
            // Reset by the house.
        }

        return null;
    }
}
