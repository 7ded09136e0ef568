using System.Security.Cryptography;
using System.Text;
using Plenum.Protocols.Mail.Bounce;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Bounce;

/// <summary>
/// Every real bounce against a table that was read line by line beside the mails. Its columns: sample; truth, "hard" if the mail says that an
/// address is dead, else "-"; how it was understood; then per recipient the start of the address's SHA-256, class, reason. With
/// PLENUM_GOLDEN=write in the environment the table is written anew, truths kept: read the difference before it is committed. Samples the table
/// does not know are classified, but nothing is claimed of them.
/// </summary>
public sealed class BounceGoldenTests
{
    private static readonly string TablePath = Path.Combine(SharedData.RepositoryRoot, "tests/Plenum.Protocols.Tests/Mail/Bounce/bounces.golden.tsv");

    [Fact]
    public void Every_sample_is_understood_as_the_reviewed_table_says()
    {
        if (!SharedData.TryFind("bounces-sisimai", out var folder))
        {
            VectorSet.ReportAbsent("bounces-hard");
            return;
        }

        var isWriting = Environment.GetEnvironmentVariable("PLENUM_GOLDEN") == "write";
        var table = File.ReadLines(TablePath).ToDictionary(line => line[..line.IndexOf('\t')]);
        var rows = new Dictionary<string, string>();
        var correct = 0;
        foreach (var (name, mail) in BounceSamples.ReadAll(folder))
        {
            var report = BounceClassifier.Classify(mail);
            if (table.TryGetValue(name, out var known) || isWriting)
            {
                var truth = known?.Split('\t')[1] ?? "?";
                correct += truth == (report.Class is BounceClass.Hard ? "hard" : "-") ? 1 : 0;
                rows[name] = string.Join('\t', [name, truth, report.Form, .. report.Recipients.Select(r => $"{Hash(r.Address)} {r.Class} {r.Reason}")]);
            }
        }

        if (isWriting)
        {
            File.WriteAllLines(TablePath, rows.Values);
        }

        VectorSet.Report("bounces-hard", correct, rows.Count);
        Assert.NotEmpty(rows);
        Assert.Equal(table.Values.Where(line => rows.ContainsKey(line[..line.IndexOf('\t')])), rows.Values);
        Assert.Equal(rows.Count, correct);
    }

    [Fact]
    public void The_kind_of_line_end_changes_nothing()
    {
        if (!SharedData.TryFind("bounces-sisimai/maildir-bsd", out var folder))
        {
            return; // Reported absent by the other test.
        }

        foreach (var (name, mail) in BounceSamples.ReadAll(folder))
        {
            var text = Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            var expected = Summary(BounceClassifier.Classify(Encoding.Latin1.GetBytes(text)));
            Assert.Equal((name, expected), (name, Summary(BounceClassifier.Classify(Encoding.Latin1.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))))));
            Assert.Equal((name, expected), (name, Summary(BounceClassifier.Classify(Encoding.Latin1.GetBytes(text.Replace('\n', '\r'))))));
        }
    }

    [Fact]
    public void Letters_of_a_mailing_list_are_no_bounces()
    {
        if (!SharedData.TryFind("mbox-linux-integrity/linux-integrity-0001-1500.mbox", out var path))
        {
            return; // Reported absent by the DKIM tests, which read the same file.
        }

        Assert.Equal([], Dkim.MboxFile.ReadMessages(path).Where(mail => BounceClassifier.Classify(mail).IsBounce).Select(mail => Encoding.UTF8.GetString(mail.AsSpan(0, Math.Min(200, mail.Length)))));
    }

    private static string Summary(BounceReport report)
        => $"{report.Form} {string.Join(';', report.Recipients.Select(r => $"{r.Address} {r.FinalAddress} {r.Reason} {r.Status} {r.IsDelayed}"))} {report.OriginalMessageId}";

    private static string Hash(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant())))[..8];
}
