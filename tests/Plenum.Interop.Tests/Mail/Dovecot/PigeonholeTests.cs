using System.Text;
using System.Text.RegularExpressions;
using Plenum.Protocols.Tests.Mail.Sieve;

namespace Plenum.Interop.Tests.Mail.Dovecot;

/// <summary>The cases of our own Sieve tests, judged by Pigeonhole: two implementations that read the standards apart must agree.</summary>
public sealed partial class PigeonholeTests
{
    /// <summary>Where the two differ on purpose.</summary>
    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["the null sender"] = "sieve-test takes no null sender on its command line",
        ["the test string"] = "RFC 5229 §5 gives the test no comparator of its own, so i;ascii-casemap of RFC 5228 §2.7.3 applies",
        ["received takes the date at the end"] = "RFC 5260 §6 has this very example",
        [":last counts from the end"] = "the same",
        ["name of a field with a space"] = "such a field cannot exist, and its author wants to know",
    };

    [Fact]
    public async Task Pigeonhole_judges_our_cases_as_we_do()
    {
        using var dovecot = new Dovecot();
        var wrong = new List<string>();
        foreach (var given in SieveCases.All.Where(c => !Different.ContainsKey(c.Name)))
        {
            var header = (given.Header.Length == 0 ? SieveCases.DefaultHeader : given.Header).Replace("\n", "\r\n", StringComparison.Ordinal);
            var said = await dovecot.SieveAsync(
                given.Script, Encoding.UTF8.GetBytes($"{header}\r\n\r\n{given.Body}"), given.From, given.To, TestContext.Current.CancellationToken);
            var (ours, theirs) = (Plain(given.Expected), said is null ? "refused" : Actions(said));
            if (ours != theirs)
            {
                wrong.Add($"{given.Name}: we say {ours}, Pigeonhole says {theirs}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Our words in the form both can be brought to: in alphabetical order, flags in lower case, texts on one line.</summary>
    private static string Plain(string expected)
        => expected.StartsWith("error", StringComparison.Ordinal) || expected == "failure"
            ? "refused"
            : string.Join("; ", expected.Split("; ").Select(a => Flags().Replace(a.Replace(" +", "", StringComparison.Ordinal), f => f.Value.ToLowerInvariant()).ReplaceLineEndings(" ").Trim()).Order(StringComparer.Ordinal));

    private static string Actions(string said)
    {
        var actions = new List<string>();
        var isImplicit = false;
        var message = (List<string>?)null;
        foreach (var line in said.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (line == "Implicit keep:")
            {
                isImplicit = true;
            }
            else if (line == "START MESSAGE")
            {
                message = [];
            }
            else if (line == "END MESSAGE")
            {
                actions[^1] = "vacation " + string.Join(' ', message!);
                message = null;
            }
            else if (message is not null)
            {
                message.Add(line);
            }
            else if (line.StartsWith(" * store message in folder: ", StringComparison.Ordinal))
            {
                var folder = line[" * store message in folder: ".Length..];
                actions.Add(folder == "INBOX" || isImplicit ? "keep" : "fileinto " + folder);
            }
            else if (line.StartsWith("        + add IMAP flags: ", StringComparison.Ordinal))
            {
                actions[^1] += $" [{line["        + add IMAP flags: ".Length..].ToLowerInvariant()}]";
            }
            else if (line.StartsWith(" * redirect message to: <", StringComparison.Ordinal))
            {
                actions.Add("redirect " + line[" * redirect message to: <".Length..].TrimEnd('>'));
            }
            else if (line.StartsWith(" * reject message with reason: ", StringComparison.Ordinal))
            {
                actions.Add("reject " + line[" * reject message with reason: ".Length..].Replace("??", " ", StringComparison.Ordinal).Trim()); // It shows line ends so.
            }
            else if (line.StartsWith(" * send vacation message:", StringComparison.Ordinal))
            {
                actions.Add("vacation");
            }
        }

        return actions.Count == 0 ? "discard" : string.Join("; ", actions.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[[^\]]*\]$")]
    private static partial Regex Flags();
}
