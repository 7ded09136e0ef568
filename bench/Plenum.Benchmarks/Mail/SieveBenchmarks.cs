using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Sieve;

namespace Plenum.Benchmarks.Mail;

/// <summary>A filter of twenty lists, checked once and run for each mail.</summary>
[MemoryDiagnoser]
public class SieveBenchmarks
{
    private static readonly string Text = "require [\"fileinto\", \"variables\"];\n"
        + string.Concat(Enumerable.Range(0, 20).Select(i => $"if header :contains \"List-Id\" \"liste{i}.lists.plenum.test\" {{ fileinto \"Listen/{i}\"; stop; }}\n"))
        + "if header :matches \"Subject\" \"[*] *\" { fileinto \"Andere/${1}\"; }\n";

    private readonly byte[] _mail = Encoding.ASCII.GetBytes("From: a@example.org\r\nSubject: [news] x\r\nList-Id: <liste19.lists.plenum.test>\r\n\r\nGuten Tag\r\n");
    private readonly SieveEnvironment _environment = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, _ => true);
    private SieveScript _script = null!;

    [GlobalSetup]
    public void Prepare() => SieveScript.TryParse(Text, SieveLimits.Default, out _script!, out _);

    [Benchmark]
    public bool Check() => SieveScript.TryParse(Text, SieveLimits.Default, out _, out _);

    [Benchmark]
    public SieveOutcome Run() => _script.Run(SieveMessage.Read(new MemoryStream(_mail), "b@example.org", "emil@plenum.test"), _environment);
}
