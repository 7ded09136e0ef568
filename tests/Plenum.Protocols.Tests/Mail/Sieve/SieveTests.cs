using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Sieve;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Sieve;

public sealed class SieveTests
{
    private static readonly SieveEnvironment Environment = new(
        new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), mailbox => mailbox is "INBOX" or "Archiv");

    public static TheoryData<string> Names => [.. SieveCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_does_what_its_standard_says(string name)
    {
        var given = SieveCases.All.Single(c => c.Name == name);
        Assert.Equal(given.Expected, Outcome(given));
    }

    [Fact]
    public void The_set_is_counted()
    {
        Assert.Equal(SieveCases.All.Count, SieveCases.All.DistinctBy(c => c.Name).Count());
        VectorSet.Report("sieve", SieveCases.All.Count(c => Outcome(c) == c.Expected), SieveCases.All.Count);
    }

    [Fact]
    public void All_problems_of_a_script_are_told_at_once()
    {
        Assert.False(SieveScript.TryParse("fileinto \"A\";\nif nonsense { foo; }\nkeep :x;", SieveLimits.Default, out _, out var problems));
        Assert.Equal([(1, 1), (2, 4), (2, 15), (3, 6)], problems.Select(p => (p.Line, p.Column)));
    }

    [Fact]
    public void Redirects_are_few()
        => Assert.Equal("failure", Outcome(new("", string.Concat(Enumerable.Range(0, 5).Select(i => $"redirect \"a{i}@b.example\";")), "")));

    [Fact]
    public void A_variable_does_not_grow_without_bound()
    {
        var doubling = string.Concat(Enumerable.Repeat("set \"a\" \"${a}${a}${a}${a}\";", 200));
        Assert.Equal("fileinto " + new string('x', 4_000), Outcome(new("", $"require [\"variables\", \"fileinto\"]; set \"a\" \"x\"; {doubling} fileinto \"${{a}}\";", "")));
    }

    [Fact]
    public void A_pattern_of_many_stars_ends_in_bounded_steps()
    {
        var script = $"require \"body\"; if body :raw :matches \"{string.Concat(Enumerable.Repeat("*a?b", 50))}\" {{ discard; }}";
        Assert.Equal("keep", Outcome(new("", script, "", Body: new string('a', 5_000))));
        Assert.Equal("failure", Outcome(new("", $"require \"body\"; if body :raw :matches [{string.Join(',', Enumerable.Range(0, 900).Select(i => $"\"*a{i}*\""))}] {{ discard; }}", "", Body: new string('a', 5_000))));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.StartsWith("error", Outcome(new("", string.Concat(Enumerable.Repeat("if true {", 100_00)), "")), StringComparison.Ordinal);
        Assert.StartsWith("error", Outcome(new("", "if " + string.Concat(Enumerable.Repeat("not ", 10_000)) + "true { keep; }", "")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: a@example.net\nTo: emil@plenum.test", "sender@example.net", true)]
    [InlineData("From: a@example.net\nCc: x@y.example, EMIL@plenum.test", "sender@example.net", true)]
    [InlineData("From: a@example.net\nTo: someone@plenum.test", "sender@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test\nList-Id: <techtalk.lists.plenum.test>", "sender@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test\nAuto-Submitted: auto-replied", "sender@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test\nAuto-Submitted: no", "sender@example.net", true)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test\nPrecedence: bulk", "sender@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test", "", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test", "MAILER-DAEMON@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test", "owner-list@example.net", false)]
    [InlineData("From: a@example.net\nTo: emil@plenum.test", "emil@plenum.test", false)]
    public void Machines_get_no_answer(string header, string sender, bool allowed)
        => Assert.Equal(allowed, VacationRules.AllowsAnswer(Message(new("", "", "", header, From: sender)), ["emil@plenum.test"]));

    [Fact]
    public void Two_vacations_with_other_texts_have_other_handles()
    {
        static string HandleOf(string script) => Assert.IsType<SieveAction.Vacation>(Run(new("", "require \"vacation\"; " + script, "")).Actions[0]).Handle;
        Assert.Equal(HandleOf("vacation \"a\";"), HandleOf("vacation :days 3 \"a\";"));
        Assert.NotEqual(HandleOf("vacation \"a\";"), HandleOf("vacation \"b\";"));
        Assert.Equal("h", HandleOf("vacation :handle \"h\" \"a\";"));
    }

    [Fact]
    public void Any_text_is_a_script_or_has_problems()
        => Gen.OneOf(Gen.String[0, 200], Gen.Select(Gen.Int[0, SieveCases.All.Count - 1], Gen.Int[0, 300], Gen.Char).Select((i, at, c) => SieveCases.All[i].Script is var s && at < s.Length ? s[..at] + c + s[at..] : s)).Sample(text =>
        {
            var isScript = SieveScript.TryParse(text, SieveLimits.Default, out var script, out var problems);
            Assert.Equal(isScript, problems.Count == 0);
            if (isScript)
            {
                Assert.NotNull(script!.Run(Message(SieveCases.All[0]), Environment));
            }
        });

    private static string Outcome(SieveCase given)
    {
        if (!SieveScript.TryParse(given.Script, SieveLimits.Default, out _, out var problems))
        {
            return $"error {problems[0].Line}:{problems[0].Column}";
        }

        var outcome = Run(given);
        return outcome.Failure is not null ? "failure" : outcome.Actions.Count == 0 ? "discard" : string.Join("; ", outcome.Actions.Select(Text));
    }

    private static SieveOutcome Run(SieveCase given)
    {
        Assert.True(SieveScript.TryParse(given.Script, SieveLimits.Default, out var script, out var problems), string.Join('\n', problems));
        return script.Run(Message(given), Environment);
    }

    private static SieveMessage Message(SieveCase given)
    {
        var header = (given.Header.Length == 0 ? SieveCases.DefaultHeader : given.Header).Replace("\n", "\r\n", StringComparison.Ordinal);
        return SieveMessage.Read(new MemoryStream(Encoding.UTF8.GetBytes($"{header}\r\n\r\n{given.Body}")), given.From, given.To);
    }

    private static string Text(SieveAction action) => action switch
    {
        SieveAction.Keep keep => "keep" + Flags(keep.Flags),
        SieveAction.FileInto file => $"fileinto {file.Mailbox}{(file.Creates ? " +" : "")}{Flags(file.Flags)}",
        SieveAction.Redirect redirect => "redirect " + redirect.Address,
        SieveAction.Reject reject => "reject " + reject.Reason,
        SieveAction.Vacation vacation => "vacation " + vacation.Reason,
        _ => action.ToString(),
    };

    private static string Flags(IReadOnlyList<string> flags) => flags.Count == 0 ? "" : $" [{string.Join(' ', flags)}]";
}
