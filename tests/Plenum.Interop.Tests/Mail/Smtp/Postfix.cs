using System.Diagnostics;
using System.Globalization;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>A real Postfix with a configuration, queue and port of its own. Mail for lists.plenum.test goes to Plenum, all other mail to a sink.</summary>
internal sealed class Postfix : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plenum-postfix-");
    private Process? _master;

    private Postfix()
    {
    }

    public int Port { get; } = FreePorts.Next();

    public static async Task<Postfix> StartAsync(int plenumPort, int sinkPort)
    {
        var postfix = new Postfix();
        await postfix.ConfigureAsync(plenumPort, sinkPort);
        postfix._master = Peer.Start("/usr/sbin/postfix", "-c", postfix.Configuration, "start-fg");
        await Peer.ListeningAsync(postfix.Port);
        return postfix;
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.RunAsync("/usr/sbin/postfix", "-c", Configuration, "stop");
        if (_master is { } master)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await master.WaitForExitAsync(patience.Token);
            master.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string Configuration => Path.Combine(_folder.FullName, "etc");

    private async Task ConfigureAsync(int plenumPort, int sinkPort)
    {
        foreach (var name in (string[])["etc", "queue", "data"])
        {
            _folder.CreateSubdirectory(name);
        }

        await Peer.RunAsync("/bin/chmod", "go+rx", _folder.FullName);
        await Peer.RunAsync("/bin/chown", "postfix", Path.Combine(_folder.FullName, "data"));
        await File.WriteAllTextAsync(Path.Combine(Configuration, "main.cf"), string.Create(CultureInfo.InvariantCulture, $$"""
            compatibility_level = 3.6
            queue_directory = {{_folder.FullName}}/queue
            data_directory = {{_folder.FullName}}/data
            maillog_file = {{_folder.FullName}}/log
            maillog_file_prefixes = {{_folder.FullName}}
            myhostname = postfix.example.net
            mydestination =
            local_recipient_maps =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            smtpd_relay_restrictions = permit_mynetworks, reject
            transport_maps = inline:{ {lists.plenum.test=smtp:[127.0.0.1]:{{plenumPort}}} }
            default_transport = smtp:[127.0.0.1]:{{sinkPort}}
            smtp_tls_security_level = may
            smtp_dns_support_level = disabled
            smtp_host_lookup = native
            alias_maps =
            alias_database =

            """), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Configuration, "master.cf"), string.Create(CultureInfo.InvariantCulture, $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """), TestContext.Current.CancellationToken);
    }
}
