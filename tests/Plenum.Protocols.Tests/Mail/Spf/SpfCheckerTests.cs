using System.Net;
using CsCheck;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Tests.Mail.Spf;

public sealed class SpfCheckerTests
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.7");

    [Fact]
    public async Task A_mapped_address_is_an_ipv4_address()
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
        Assert.Equal(SpfResult.Pass, (await CheckAsync(zone, "ada@example.org", IPAddress.Parse("::ffff:192.0.2.7"))).Result);
    }

    [Fact]
    public async Task A_name_with_umlauts_is_asked_for_in_ascii()
    {
        var zone = new DnsTable().AddTxt("xn--mnchen-3ya.example", "v=spf1 +all");
        Assert.Equal(SpfResult.Pass, (await CheckAsync(zone, "ada@München.example")).Result);
    }

    [Fact]
    public async Task The_verdict_names_term_and_domain()
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 include:_spf.example.net -all").AddTxt("_spf.example.net", "v=spf1 ip4:192.0.2.7 -all");
        var verdict = await CheckAsync(zone, "ada@EXAMPLE.org");
        Assert.Equal(("include:_spf.example.net", "example.org", SpfIdentity.MailFrom), (verdict.Mechanism, verdict.Domain, verdict.Identity));
    }

    [Fact]
    public async Task An_empty_reverse_path_checks_the_helo_name()
    {
        var zone = new DnsTable().AddTxt("mail.example.org", "v=spf1 a -all").AddA("mail.example.org", "192.0.2.7");
        var verdict = await CheckAsync(zone, "");
        Assert.Equal((SpfResult.Pass, SpfIdentity.Helo), (verdict.Result, verdict.Identity));
    }

    [Fact]
    public async Task A_record_that_includes_itself_ends_at_the_tenth_term()
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 include:example.org -all");
        var verdict = await CheckAsync(zone, "ada@example.org");
        Assert.Equal(SpfResult.PermError, verdict.Result);
        Assert.Contains("10 terms", verdict.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_costs_a_bounded_number_of_questions()
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 " + string.Concat(Enumerable.Repeat("mx:m.example.org ", 10)) + "-all");
        for (var i = 0; i < 10; i++)
        {
            zone.AddMx("m.example.org", i, $"h{i}.example.org").AddA($"h{i}.example.org", "198.51.100.1");
        }

        var counting = new CountingResolver(zone);
        await new SpfChecker(counting).CheckAsync(new SpfRequest(Client, "helo.example.org", "ada@example.org"), TestContext.Current.CancellationToken);
        Assert.InRange(counting.Questions, 1, 111);
    }

    [Fact]
    public async Task A_long_explanation_is_dropped()
    {
        var zone = new DnsTable().AddTxt("example.org", "v=spf1 -all exp=e.example.org").AddTxt("e.example.org", new string('x', 501));
        Assert.Null((await CheckAsync(zone, "ada@example.org")).Explanation);
    }

    [Fact]
    public async Task A_silent_resolver_ends_in_a_temporary_error()
    {
        var checker = new SpfChecker(new SilentResolver(), new SpfLimits { MaxDuration = TimeSpan.FromMilliseconds(20) });
        var verdict = await checker.CheckAsync(new SpfRequest(Client, "h.example.org", "ada@example.org"), TestContext.Current.CancellationToken);
        Assert.Equal(SpfResult.TempError, verdict.Result);
    }

    [Fact]
    public void Any_record_is_parsed_or_refused()
    {
        var term = Gen.OneOf("a", "mx", "ip4:", "ip6:", "include:", "exists:", "ptr", "all", "redirect=", "exp=", "/", "//", "%{", "}", "%", "i", "r", ".", "-",
            "example.org", "24", "0", ":", "::1", " ", "?", "~", "é", "=", "1.2.3.4");
        Gen.OneOf(term.Array[0, 20].Select(string.Concat), Gen.String[0, 60]).Sample(text =>
        {
            var isRecord = SpfRecord.TryParse("v=spf1 " + text, out var record, out var problem);
            Assert.Equal(isRecord, record is not null);
            Assert.Equal(isRecord, problem is null);
        }, iter: 5000);
    }

    [Fact]
    public async Task A_trace_field_cannot_be_broken_by_strangers()
    {
        var request = new SpfRequest(Client, "evil\r\nX: y", "\"a\\\"b\"@example.org");
        var verdict = await new SpfChecker(new DnsTable()).CheckAsync(request, TestContext.Current.CancellationToken);
        var field = ReceivedSpf.Write(verdict, request);
        Assert.StartsWith("Received-SPF: none (", field, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nX:", field, StringComparison.Ordinal);
        Assert.Contains("helo=\"evilX: y\"", field, StringComparison.Ordinal);
    }

    private static async Task<SpfVerdict> CheckAsync(DnsTable zone, string mailFrom, IPAddress? client = null)
        => await new SpfChecker(zone).CheckAsync(new SpfRequest(client ?? Client, "mail.example.org", mailFrom), TestContext.Current.CancellationToken);

    private sealed class CountingResolver(DnsTable zone) : IDnsResolver
    {
        public int Questions { get; private set; }

        public ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation) => Count(zone.ResolveAAsync(name, cancellation));

        public ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation) => Count(zone.ResolveAaaaAsync(name, cancellation));

        public ValueTask<DnsAnswer<MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation) => Count(zone.ResolveMxAsync(name, cancellation));

        public ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation) => Count(zone.ResolveTxtAsync(name, cancellation));

        public ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation) => Count(zone.ResolvePtrAsync(address, cancellation));

        private ValueTask<T> Count<T>(ValueTask<T> answer)
        {
            Questions++;
            return answer;
        }
    }

    private sealed class SilentResolver : IDnsResolver
    {
        public ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation) => Never<IPAddress>(cancellation);

        public ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation) => Never<IPAddress>(cancellation);

        public ValueTask<DnsAnswer<MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation) => Never<MxRecord>(cancellation);

        public ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation) => Never<string>(cancellation);

        public ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation) => Never<string>(cancellation);

        private static async ValueTask<DnsAnswer<T>> Never<T>(CancellationToken cancellation)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return DnsAnswer.TempFail<T>();
        }
    }
}
