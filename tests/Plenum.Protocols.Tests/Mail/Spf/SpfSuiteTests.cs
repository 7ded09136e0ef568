using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Spf;

public sealed class SpfSuiteTests
{
    /// <summary>
    /// Cases of the RFC 4408 suite that RFC 7208 decided otherwise, with the reason. None is left: where the standards differ (type 99 records,
    /// more than ten MX hosts, lengths of ip6 prefixes), the suite of 2009.10 already lists RFC 7208's answer beside its own.
    /// </summary>
    private static readonly Dictionary<string, string> Superseded = [];

    [Fact]
    public Task Every_case_of_the_rfc7208_suite_passes() => RunAsync("spf7208", "rfc7208-tests.yml", []);

    [Fact]
    public Task Every_case_of_the_rfc4408_suite_passes_that_is_not_superseded() => RunAsync("spf4408", "rfc4408-tests.yml", Superseded);

    private static async Task RunAsync(string set, string file, Dictionary<string, string> superseded)
    {
        if (!SharedData.TryFind($"mailauth-vectors/spf/{file}", out var path))
        {
            VectorSet.ReportAbsent(set);
            return;
        }

        var failures = new List<string>();
        var total = 0;
        var stale = new List<string>(superseded.Keys);
        foreach (var one in SpfSuite.Read(path))
        {
            total++;
            if (await one.FailureAsync(TestContext.Current.CancellationToken) is { } failure)
            {
                failures.Add(failure);
                stale.Remove(one.Name);
            }
        }

        VectorSet.Report(set, total - failures.Count, total);
        Assert.Equal([], failures.Where(failure => !superseded.ContainsKey(failure[..failure.IndexOf(':')])));
        Assert.Empty(stale); // A listed case that passes must leave the list.
    }
}
