using System.Diagnostics;
using Plenum.Protocols.Mail.Bounce;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail;

/// <summary>Mailman's bounce detectors (python3-flufl.bounce) as a peer: whom they find, we find, on the real bounces and on their own samples.</summary>
public sealed class FluflBounceTests
{
    private const string TheirSamples = "/usr/lib/python3/dist-packages/flufl/bounce/tests/data";

    private const string Script =
        """
        import email, sys
        from flufl.bounce import all_failures
        for path in sys.stdin.read().split('\n'):
            if path:
                with open(path, 'rb') as mail:
                    temporary, permanent = all_failures(email.message_from_binary_file(mail))
                found = sorted(a.decode('ascii', 'replace').lower() for a in temporary | permanent)
                print('\t'.join([path] + found))
        """;

    /// <summary>Samples where the peer's address is none, or not the one that failed; or whose form we do not read.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["lhost-amazonses-10"] = "the peer takes a piece of JSON for an address",
        ["lhost-amazonses-12"] = "the peer takes a piece of JSON for an address",
        ["lhost-zoho-02"] = "the peer takes the sender and the Message-ID for recipients",
        ["lhost-sendmail-15"] = "the peer's address has no local part",
        ["lhost-sendmail-38"] = "the report names another address than the text; we go by the report",
        ["rhost-yahooinc-03"] = "the report names another address than the text; we go by the report",
        ["rfc3464-04"] = "the report names another address than the text; we go by the report",
        ["microsoft_01"] = "the peer takes a piece of X.400 for an address",
        ["microsoft_04"] = "the peer takes a piece of X.400 for an address",
        ["aol_01"] = "a screen name without a domain",
        ["yale_01"] = "a login name without a domain",
        ["dsn_15"] = "a report within a forwarded message",
        ["simple_20"] = "from a person's address without the null path",
    };

    [Fact]
    public async Task Whom_the_peer_finds_we_find()
    {
        var files = Directory.Exists(TheirSamples) ? Directory.GetFiles(TheirSamples, "*.txt").ToList() : [];
        if (SharedData.TryFind("bounces-sisimai/maildir-bsd", out var folder))
        {
            files.AddRange(Directory.GetFiles(folder));
        }

        var answers = await AskAsync(files, TestContext.Current.CancellationToken);
        Assert.Equal(files.Count, answers.Count);
        var missed = new List<string>();
        foreach (var (path, theirs) in answers)
        {
            var ours = BounceClassifier.Classify(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).Recipients
                .SelectMany(recipient => new[] { recipient.Address, recipient.FinalAddress ?? "" }).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var name = Path.GetFileNameWithoutExtension(path);
            if (!ours.IsSupersetOf(theirs) && !Differences.ContainsKey(name))
            {
                missed.Add($"{name}: {string.Join(' ', theirs.Where(address => !ours.Contains(address)))}");
            }
        }

        Assert.Empty(missed);
        Assert.True(answers.Count(answer => answer.Theirs.Length > 0) >= answers.Count / 2);
    }

    private static async Task<List<(string Path, string[] Theirs)>> AskAsync(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = python.StandardError.ReadToEndAsync(cancellation);
        var output = python.StandardOutput.ReadToEndAsync(cancellation);
        await python.StandardInput.WriteAsync(string.Join('\n', files).AsMemory(), cancellation);
        python.StandardInput.Close();
        await python.WaitForExitAsync(cancellation);
        Assert.True(python.ExitCode == 0, $"python3-flufl.bounce is needed: {await errors}");
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1..]))];
    }
}
