using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;
using Plenum.Kernel.Language;
using Plenum.Kernel.Listeners;
using Plenum.Operations.Doctor;
using Plenum.Protocols.Mail.Dns;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

public sealed class DoctorTests
{
    private const string Host = "mail.plenum.test";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_zone_as_the_doctor_prints_it_satisfies_the_doctor()
    {
        await using var kernel = await StartAsync(Right());
        var findings = await DnsAsync(kernel);
        Assert.All(findings, f => Assert.Equal(HealthState.Good, f.State));
        Assert.Contains(findings, f => f.Args.Contains("_submissions._tcp.plenum.test"));
        var zone = await kernel.Get<Zone>().WriteAsync("plenum.test", Cancellation);
        Assert.Contains("plenum.test.\t3600\tIN\tMX\t10 mail.plenum.test.", zone, StringComparison.Ordinal);
        Assert.Contains("plenum.test.\t3600\tIN\tTXT\t\"v=spf1 a:mail.plenum.test -all\"", zone, StringComparison.Ordinal);
        Assert.Contains("_submissions._tcp.plenum.test.\t3600\tIN\tSRV\t0 1 465 mail.plenum.test.", zone, StringComparison.Ordinal);
        Assert.DoesNotContain("_imaps", zone, StringComparison.Ordinal); // Nothing answers there.
    }

    public static TheoryData<string, HealthState, string> Ailments => new()
    {
        { "no address", HealthState.Bad, "health.dns.host-unknown" },
        { "other reverse name", HealthState.Bad, "health.dns.reverse-wrong" },
        { "no MX", HealthState.Bad, "health.dns.missing" },
        { "MX elsewhere", HealthState.Bad, "health.dns.mx-elsewhere" },
        { "no SPF", HealthState.Bad, "health.dns.missing" },
        { "SPF without us", HealthState.Bad, "health.dns.spf-fails" },
        { "no DMARC", HealthState.Bad, "health.dns.missing" },
        { "DMARC none", HealthState.Warning, "health.dns.dmarc-none" },
        { "no SRV", HealthState.Warning, "health.dns.missing" },
        { "no network", HealthState.Unknown, "health.dns.silent" },
    };

    [Theory, MemberData(nameof(Ailments))]
    public async Task What_is_wrong_in_the_DNS_is_named_with_its_remedy(string ailment, HealthState state, string key)
    {
        await using var kernel = await StartAsync(Right(ailment));
        var findings = await DnsAsync(kernel);
        var found = Assert.Single(findings, f => f.Key == key);
        Assert.Equal(state, found.State);
        var texts = kernel.Get<Texts>();
        Assert.True(state == HealthState.Unknown || texts[key + ".do", [.. found.Args]] != key + ".do");
    }

    [Fact]
    public async Task Without_a_host_name_the_doctor_asks_for_one()
    {
        await using var kernel = await StartAsync(Right(), hostName: "localhost");
        Assert.Equal("health.dns.no-host-name", Assert.Single(await DnsAsync(kernel)).Key);
    }

    [Theory, OnBothDatabases]
    public async Task Every_probe_looks_without_falling_over(DatabaseProvider provider)
    {
        await using var kernel = await OperationsKernel.StartWithDemoAsync(provider, new() { Settings = new Dictionary<string, string?> { ["Operations:TimeServer"] = "" } });
        var report = await kernel.Get<HealthCheck>().LookAsync(HealthDepth.Doctor, Cancellation);
        Assert.DoesNotContain(report.Findings, f => f.Area == "probe");
        var texts = kernel.Get<Texts>();
        foreach (var finding in report.Findings)
        {
            Assert.NotEqual("health.area." + finding.Area, texts["health.area." + finding.Area]);
            Assert.NotEqual(finding.Key, texts[finding.Key, [.. finding.Args]]);
            Assert.True(finding.State < HealthState.Warning || texts[finding.Key + ".do", [.. finding.Args]] != finding.Key + ".do", finding.Key);
        }
    }

    private static Task<TestKernel> StartAsync(TableDns dns, string hostName = Host) => OperationsKernel.StartWithDemoAsync(DatabaseProvider.SQLite, new()
    {
        Settings = new Dictionary<string, string?> { ["House:HostName"] = hostName },
        Register = module =>
        {
            module.Services.AddSingleton<IPublicDns>(dns);
            module.Add(new ListenerRegistration("smtp", 2525, ListenerTls.None, null)).Add(new ListenerRegistration("submissions", 2465, ListenerTls.Implicit, null));
        },
    });

    private static async Task<IReadOnlyList<Finding>> DnsAsync(TestKernel kernel)
        => [.. (await kernel.Get<HealthCheck>().LookAsync(HealthDepth.Doctor, Cancellation)).Findings.Where(f => f.Area == "dns")];

    private static TableDns Right(string ailment = "")
    {
        var dns = new TableDns { IsDead = ailment == "no network" };
        if (ailment != "no address")
        {
            dns.Table.AddA(Host, "192.0.2.25");
        }

        dns.Table.AddPtr("192.0.2.25", ailment == "other reverse name" ? "dyn-25.provider.test" : Host);
        if (ailment != "no MX")
        {
            dns.Table.AddMx("plenum.test", 10, ailment == "MX elsewhere" ? "mx.provider.test" : Host);
        }

        if (ailment != "no SPF")
        {
            dns.Table.AddTxt("plenum.test", ailment == "SPF without us" ? "v=spf1 ip4:198.51.100.0/24 -all" : $"v=spf1 a:{Host} -all");
        }

        if (ailment != "no DMARC")
        {
            dns.Table.AddTxt("_dmarc.plenum.test", ailment == "DMARC none" ? "v=DMARC1; p=none" : "v=DMARC1; p=quarantine; rua=mailto:postmaster@plenum.test");
        }

        dns.Table.AddTxt("_smtp._tls.plenum.test", "v=TLSRPTv1; rua=mailto:postmaster@plenum.test");
        dns.Services["_submissions._tcp.plenum.test"] = ailment == "no SRV" ? [] : [$"5 50 465 {Host}"];
        return dns;
    }

    /// <summary>A DNS in memory, or a dead one.</summary>
    private sealed class TableDns : IPublicDns
    {
        public DnsTable Table { get; } = new();

        public Dictionary<string, string[]> Services { get; } = new(StringComparer.Ordinal);

        public bool IsDead { get; init; }

        public ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation = default) => IsDead ? new(DnsAnswer.TempFail<IPAddress>()) : Table.ResolveAAsync(name, cancellation);

        public ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation = default) => IsDead ? new(DnsAnswer.TempFail<IPAddress>()) : Table.ResolveAaaaAsync(name, cancellation);

        public ValueTask<DnsAnswer<MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation = default) => Table.ResolveMxAsync(name, cancellation);

        public ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation = default) => Table.ResolveTxtAsync(name, cancellation);

        public ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation = default) => Table.ResolvePtrAsync(address, cancellation);

        public ValueTask<DnsAnswer<string>> ResolveSrvAsync(string name, CancellationToken cancellation) => new(DnsAnswer.Of<string>(Services.GetValueOrDefault(name, [])));
    }
}
