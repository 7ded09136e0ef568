using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Modules;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Doors;

/// <summary>Kestrel with the kernel's listeners and an echo behind one of them; no database, no other service.</summary>
internal sealed class DoorHouse : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DoorHouse(WebApplication app, string folder, int port)
    {
        (_app, Folder, Port) = (app, folder, port);
    }

    public string Folder { get; }

    public int Port { get; }

    public FakeTimeProvider Clock => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public Work Work => _app.Services.GetRequiredService<Work>();

    public static async Task<DoorHouse> StartAsync(ListenerTls tls = ListenerTls.None, string? folder = null, params IEnumerable<(string Key, string Value)> settings)
    {
        folder ??= Directory.CreateTempSubdirectory("plenum-doors-").FullName;
        var port = FreePorts.Next();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(((string Key, string Value)[])
            [("Ports:Listen:http", "0"), ("Ports:Listen:internal", "0"), ("Ports:Bind", "127.0.0.1"), ("Ports:Listen:echo", $"{port}"), .. settings]
            is { } all ? all.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)) : []);
        var data = new DataFolder(folder);
        Directory.CreateDirectory(data.Keys);
        var module = new ModuleBuilder(builder.Services, builder.Configuration).AddKernel(new(), data);
        foreach (var background in builder.Services.Where(s => s.ServiceType == typeof(IHostedService)).ToList())
        {
            builder.Services.Remove(background);
        }

        module.Add(ListenerRegistration.For<Echo>("echo", port, tls));
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow));
        builder.Services.AddSingleton<Work>();
        builder.Services.AddRouting();
        builder.WebHost.UseKestrel();
        var app = builder.Build();
        await app.StartAsync();
        return new(app, folder, port);
    }

    public async Task<TcpClient> ConnectAsync(CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellation);
        return client;
    }

    public Task StopAsync(CancellationToken cancellation) => _app.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        Work.Finish.TrySetResult();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Work that takes as long as the test wants.</summary>
internal sealed class Work
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Greets with the client's address, answers lines, turns to TLS, works, and says goodbye when the house closes.</summary>
internal sealed class Echo(Work work, Certificates certificates) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var pipe = connection.Transport;
        await SayAsync(pipe, $"hello {connection.RemoteEndPoint}");
        try
        {
            while (await LineAsync(pipe, connection.Closing) is { } line)
            {
                if (line == "starttls")
                {
                    await SayAsync(pipe, "go");
                    var tls = await StartTls.AsServerAsync(pipe, certificates, connection.ConnectionClosed);
                    pipe = tls;
                    continue;
                }

                if (line == "work")
                {
                    work.Begun.SetResult();
                    await work.Finish.Task;
                }

                await SayAsync(pipe, line);
            }
        }
        catch (OperationCanceledException)
        {
            await SayAsync(pipe, "bye");
        }
    }

    private static async Task SayAsync(System.IO.Pipelines.IDuplexPipe pipe, string line)
    {
        Encoding.ASCII.GetBytes(line + "\n", pipe.Output);
        await pipe.Output.FlushAsync();
    }

    private static async Task<string?> LineAsync(System.IO.Pipelines.IDuplexPipe pipe, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await pipe.Input.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end));
                pipe.Input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            pipe.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
