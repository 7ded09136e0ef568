using System.Net;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Benchmarks.Mail;

/// <summary>Checks the host of one incoming mail; the answers of the DNS are there at once. One operation is one mail.</summary>
[MemoryDiagnoser]
public class SpfBenchmarks
{
    private readonly SpfChecker _checker = new(new DnsTable()
        .AddTxt("plain.example", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all")
        .AddTxt("hosted.example", "v=spf1 mx include:_spf.host.example include:_spf.news.example -all")
        .AddMx("hosted.example", 10, "mx.hosted.example").AddA("mx.hosted.example", "198.51.100.1")
        .AddTxt("_spf.host.example", "v=spf1 include:_a.host.example include:_b.host.example ~all")
        .AddTxt("_a.host.example", "v=spf1 ip4:203.0.113.0/28 ip4:203.0.113.32/28 ~all")
        .AddTxt("_b.host.example", "v=spf1 ip4:203.0.113.64/28 ip4:203.0.113.96/28 ~all")
        .AddTxt("_spf.news.example", "v=spf1 ip4:198.51.100.64/26 exists:%{ir}.%{l1r-}.list.news.example ip4:192.0.2.7 ~all"));

    private readonly SpfRequest _plain = new(IPAddress.Parse("192.0.2.7"), "mail.plain.example", "ada@plain.example");
    private readonly SpfRequest _hosted = new(IPAddress.Parse("192.0.2.7"), "mail.hosted.example", "ada@hosted.example");

    [Benchmark]
    public async Task<SpfResult> A_record_of_two_networks() => (await _checker.CheckAsync(_plain)).Result;

    [Benchmark]
    public async Task<SpfResult> Four_includes_an_mx_and_a_macro() => (await _checker.CheckAsync(_hosted)).Result;
}
