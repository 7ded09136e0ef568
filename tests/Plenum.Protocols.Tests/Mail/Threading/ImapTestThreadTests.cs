using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Threading;

public sealed class ImapTestThreadTests
{
    [Fact]
    public void Every_answer_is_the_expected_one()
    {
        if (!SharedData.TryFind("imaptest", out var folder))
        {
            VectorSet.ReportAbsent("threading");
            return;
        }

        var answers = Directory.GetFiles(folder, "thread*").Where(path => !path.EndsWith(".mbox", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(script => ImapTestScript.Play(script, script + ".mbox").Select(answer => (Script: Path.GetFileName(script), answer.Expected, answer.Actual))).ToList();
        VectorSet.Report("threading", answers.Count(answer => answer.Expected == answer.Actual), answers.Count);
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal((answer.Script, answer.Expected), (answer.Script, answer.Actual)));
    }
}
