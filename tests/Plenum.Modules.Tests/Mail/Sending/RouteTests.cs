using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Dns;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Sending;

/// <summary>Where mail goes without a smart host: what the DNS says (RFC 5321 §5.1).</summary>
public sealed class RouteTests
{
    private const string Post = "From: emil@plenum.test\r\nSubject: Post\r\n\r\nHallo\r\n";

    [Fact]
    public async Task Hosts_are_tried_in_their_order_and_the_first_that_answers_takes_it()
    {
        await using var sink = new MailSink();
        var zone = new DnsTable()
            .AddMx("example.net", 20, "second.example.net").AddMx("example.net", 10, "first.example.net")
            .AddA("first.example.net", "127.0.0.2").AddA("second.example.net", "127.0.0.1"); // Nothing listens on 127.0.0.2.
        await using var host = await StartAsync(sink, zone);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        var row = await DeliveryTests.StateAsync(host, "a@example.net", r => r.State is RecipientState.Delivered);
        Assert.StartsWith("second.example.net: 250", row.LastDiagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_without_MX_is_its_own_host()
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(sink, new DnsTable().AddA("example.net", "127.0.0.1"));
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.StateAsync(host, "a@example.net", r => r.State is RecipientState.Delivered);
    }

    [Theory]
    [InlineData("null.example", "5.1.10")]
    [InlineData("absent.example", "5.1.2")]
    [InlineData("loop.example", "5.4.6")]
    [InlineData("nowhere.example", "5.4.4")]
    public async Task There_is_no_way(string domain, string status)
    {
        var zone = new DnsTable()
            .AddMx("null.example", 0, ".").AddMx("loop.example", 10, "MX.plenum.test").AddMx("loop.example", 20, "far.example").AddA("far.example", "127.0.0.1")
            .AddMx("nowhere.example", 10, "gone.example");
        await using var sink = new MailSink();
        await using var host = await StartAsync(sink, zone);
        await DeliveryTests.EnqueueAsync(host, Post, [new($"a@{domain}")]);
        var row = await DeliveryTests.StateAsync(host, $"a@{domain}", r => r.State is RecipientState.Failed);
        Assert.Equal(status, row.LastStatus);
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task A_backup_for_us_is_not_a_way_but_a_host_before_us_is()
    {
        await using var sink = new MailSink();
        var zone = new DnsTable().AddMx("example.net", 5, "near.example").AddMx("example.net", 10, "mx.plenum.test").AddMx("example.net", 10, "beside.example")
            .AddA("near.example", "127.0.0.1").AddA("beside.example", "127.0.0.3");
        await using var host = await StartAsync(sink, zone);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.StateAsync(host, "a@example.net", r => r.State is RecipientState.Delivered);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:192.168.1.1")]
    public async Task A_strangers_MX_does_not_lead_into_our_own_network(string address)
    {
        await using var sink = new MailSink();
        var zone = new DnsTable().AddMx("example.net", 10, "mx.example.net").AddCname("mx.example.net", "inner.example.net");
        _ = address.Contains(':', StringComparison.Ordinal) ? zone.AddAaaa("inner.example.net", address) : zone.AddA("inner.example.net", address);
        await using var host = await StartAsync(sink, zone, ("Mail:AllowsPrivateDestinations", "false"));
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        var row = await DeliveryTests.StateAsync(host, "a@example.net", r => r.State is RecipientState.Failed);
        Assert.Equal(("5.4.4", 0), (row.LastStatus, sink.Connections));
    }

    [Fact]
    public async Task No_answer_from_the_DNS_is_waited_for()
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(sink, new DnsTable().FailTemporarily("example.net"));
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.StateAsync(host, "a@example.net", r => r is { State: RecipientState.Pending, Attempts: 1, LastStatus: "4.4.3" });
    }

    private static Task<MailHost> StartAsync(MailSink sink, DnsTable zone, params (string Key, string Value)[] settings) => MailHost.StartAsync(
        DatabaseProvider.SQLite,
        module => module.Services.AddSingleton<IDnsResolver>(zone),
        [("Mail:DestinationPort", sink.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:AllowsPrivateDestinations", "true"), .. settings]);
}
