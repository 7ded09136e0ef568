using System.Text;
using Microsoft.Extensions.Time.Testing;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Arc;

public sealed class ArcSuiteTests
{
    private const string Suite = "mailauth-vectors/arc/arc-draft-validation-tests.yml";

    /// <summary>
    /// The suite's column is the cv= that the next seal has to carry; it is empty where a seal has ended the chain with cv=fail and none may follow.
    /// RFC 8617 §5.2 names a status for these chains too, fail: steps 2 and 3.
    /// </summary>
    [Fact]
    public async Task Every_case_passes()
    {
        if (!SharedData.TryFind(Suite, out var path))
        {
            VectorSet.ReportAbsent("arc");
            return;
        }

        var failures = new List<string>();
        var total = 0;
        foreach (var one in ArcSuite.Read(path))
        {
            total++;
            var verdict = await new ArcValidator(one.Zone).ValidateAsync(one.Message, TestContext.Current.CancellationToken);
            var isRight = one.Expected.Trim() is { Length: > 0 } expected
                ? verdict.Status.ToString() == expected && verdict.NextChainValue == verdict.Status
                : verdict is { Status: ArcStatus.Fail, Problem: ArcProblem.FailedBefore, NextChainValue: null };
            if (!isRight)
            {
                failures.Add($"{one.Name}: {verdict.Status} ({verdict.Problem} {verdict.SignatureProblem}) instead of '{one.Expected}'");
            }
        }

        VectorSet.Report("arc", total - failures.Count, total);
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData("cv_fail_i1_as_cv_fail", 1)]
    [InlineData("cv_fail_i2_as2_fail", 2)]
    [InlineData("cv_fail_i2_as1_fail", 1)]
    public async Task A_chain_that_was_ended_is_not_sealed_again(string name, int ended)
    {
        if (!SharedData.TryFind(Suite, out var path))
        {
            return; // Reported absent by the other test.
        }

        var one = ArcSuite.Read(path).Single(c => c.Name == name);
        var verdict = await new ArcValidator(one.Zone).ValidateAsync(one.Message, TestContext.Current.CancellationToken);
        var header = HeaderBlock.Parse(one.Message);
        Assert.Equal((ArcStatus.Fail, ended), (verdict.Status, verdict.Instance));
        Assert.Empty(new ArcSealer("example.org", "dummy", ArcSuite.Key()).Seal(header, DkimBodyHash.Compute(one.Message.AsSpan(header.BodyOffset)), verdict, "example.org; none"));
    }

    /// <summary>The suite's passing messages are sealed again by us from what they were before: RSA is deterministic, so must be the result.</summary>
    [Theory]
    [InlineData("cv_pass_i1_1")]
    [InlineData("cv_pass_i1_2")]
    [InlineData("cv_pass_i2_1")]
    [InlineData("cv_pass_i2_2")]
    [InlineData("cv_pass_i3_1")]
    [InlineData("cv_pass_i4_1")]
    [InlineData("cv_pass_i5_1")]
    public async Task Sealing_yields_the_signatures_of_the_suite(string name)
    {
        if (!SharedData.TryFind(Suite, out var path))
        {
            return; // Reported absent by the other test.
        }

        var one = ArcSuite.Read(path).Single(c => c.Name == name);
        var validator = new ArcValidator(one.Zone);
        var expected = (await validator.ValidateAsync(one.Message, TestContext.Current.CancellationToken)).Sets[^1];

        var header = HeaderBlock.Parse(one.Message);
        var before = Encoding.UTF8.GetBytes(string.Concat(header.Fields
            .Where(field => !(field.Name.StartsWith("ARC-", StringComparison.Ordinal) && field.Value.Contains($"i={expected.Instance};", StringComparison.Ordinal)))
            .Select(field => Encoding.UTF8.GetString(field.Raw.Span) + "\r\n")) + "\r\n");
        byte[] unsealed = [.. before, .. one.Message.AsSpan(header.BodyOffset)];
        var chain = await validator.ValidateAsync(unsealed, TestContext.Current.CancellationToken);
        var results = header.Fields.First(field => field.Is("ARC-Authentication-Results"));
        var raw = Encoding.UTF8.GetString(results.RawValue.Span);
        var sealer = new ArcSealer("example.org", "dummy", ArcSuite.Key())
        {
            SignedFields = expected.MessageSignature.SignedFields,
            Time = new FakeTimeProvider(expected.Seal.SignedAt!.Value),
        };

        var added = sealer.Seal(
            HeaderBlock.Parse(before), DkimBodyHash.Compute(one.Message.AsSpan(header.BodyOffset)), chain, raw[(raw.IndexOf(';') + 1)..].TrimStart());

        var again = await validator.ValidateAsync((byte[])[.. added, .. unsealed], TestContext.Current.CancellationToken);
        Assert.Equal((ArcStatus.Pass, expected.Instance), (again.Status, again.Sets[^1].Instance));
        Assert.Equal(Convert.ToBase64String(expected.MessageSignature.Signature.Span), Convert.ToBase64String(again.Sets[^1].MessageSignature.Signature.Span));
        Assert.Equal(Convert.ToBase64String(expected.Seal.Signature.Span), Convert.ToBase64String(again.Sets[^1].Seal.Signature.Span));
    }
}
