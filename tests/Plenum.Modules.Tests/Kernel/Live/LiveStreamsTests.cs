using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Web;
using Plenum.Modules.Tests.Kernel.Doors;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.LiveStates;

public sealed class LiveStreamsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_hears_what_concerns_them_and_nobody_else_does()
    {
        await using var house = await House.StartAsync();
        var own = $"account:{house.Party.Emil.Value:N}";
        using var stream = await house.ListenAsync(house.Party.Emil, own);
        Assert.Equal("text/event-stream; charset=utf-8", stream.Content.Headers.ContentType!.ToString());
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal([": listening", ""], await ReadAsync(lines, 2));
        house.Topics.Publish(own, "1\nzwei"u8.ToArray());
        Assert.Equal(["data: 1", "data: zwei", ""], await ReadAsync(lines, 3));
        Assert.Equal(HttpStatusCode.Forbidden, (await house.ListenAsync(house.Party.Gero, own)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.ListenAsync(null, own)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.ListenAsync(house.Party.Emil, "secret:1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.ListenAsync(house.Party.Emil, "nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await house.ListenAsync(house.Party.Emil)).StatusCode);
    }

    [Fact]
    public async Task Several_topics_come_as_events_by_name_and_closing_the_house_ends_the_stream()
    {
        await using var house = await House.StartAsync();
        using var stream = await house.ListenAsync(null, "open:1", "open:2");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancellation));
        await ReadAsync(lines, 2);
        house.Topics.Publish("open:2", "x"u8.ToArray());
        Assert.Equal(["event: open:2", "data: x", ""], await ReadAsync(lines, 3));
        var closing = house.StopAsync();
        Assert.Null(await lines.ReadLineAsync(Cancellation));
        await closing;
    }

    private static async Task<string[]> ReadAsync(StreamReader lines, int count)
    {
        var read = new string[count];
        for (var i = 0; i < count; i++)
        {
            read[i] = await lines.ReadLineAsync(Cancellation) ?? throw new EndOfStreamException();
        }

        return read;
    }

    private sealed class OpenTopics : ILiveTopicRule
    {
        public string Kind => "open";

        public ValueTask<bool> MayListenAsync(Plenum.Kernel.Permissions.Viewer viewer, string key, CancellationToken cancellation) => new(true);
    }

    private sealed class House : IAsyncDisposable
    {
        private readonly TestKernel _kernel;
        private readonly WebApplication _app;
        private readonly HttpClient _http;

        private House(TestKernel kernel, WebApplication app, int port)
        {
            (_kernel, _app, _http) = (kernel, app, new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") });
        }

        public required SmallParty Party { get; init; }

        public LiveTopics Topics => _app.Services.GetRequiredService<LiveTopics>();

        public static async Task<House> StartAsync()
        {
            var kernel = await TestKernel.StartAsync(DatabaseProvider.SQLite);
            var party = await SmallParty.FoundAsync(kernel, Cancellation);
            var port = FreePorts.Next();
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.Configuration.AddInMemoryCollection(kernel.Database.Settings)
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Ports:Listen:http"] = $"{port}", ["Ports:Listen:internal"] = "0", ["Ports:Bind"] = "127.0.0.1" });
            new ModuleBuilder(builder.Services, builder.Configuration).AddKernel(new(), new DataFolder(kernel.Database.Folder));
            foreach (var background in builder.Services.Where(s => s.ServiceType == typeof(IHostedService)).ToList())
            {
                builder.Services.Remove(background);
            }

            builder.Services.AddScoped<ILiveTopicRule, OpenTopics>();
            builder.Services.AddRouting();
            builder.WebHost.UseKestrel();
            var app = builder.Build();
            app.UseRouting();
            app.Use((http, next) =>
            {
                http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, http.Request.Headers["X-Account"].ToString())]));
                return next(http);
            });
            app.UseMiddleware<ViewerMiddleware>();
            app.MapLive();
            await app.StartAsync(Cancellation);
            return new(kernel, app, port) { Party = party };
        }

        public async Task<HttpResponseMessage> ListenAsync(AccountId? who, params string[] topics)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/live?" + string.Join('&', topics.Select(t => "topic=" + Uri.EscapeDataString(t))));
            request.Headers.Add("X-Account", who?.ToString() ?? "");
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        }

        public Task StopAsync() => _app.StopAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _app.DisposeAsync();
            await _kernel.DisposeAsync();
        }
    }
}
