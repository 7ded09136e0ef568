using CsCheck;
using Plenum.Protocols.Mail.Threading;

namespace Plenum.Protocols.Tests.Mail.Threading;

public sealed class BaseSubjectTests
{
    [Theory]
    [InlineData("Invitation", "Invitation", false)]
    [InlineData("Re: Invitation", "Invitation", true)]
    [InlineData("RE:re : FWD: Fw: Invitation", "Invitation", true)]
    [InlineData("[techtalk] Invitation", "Invitation", false)]
    [InlineData("[techtalk] Re: [techtalk] Invitation", "Invitation", true)]
    [InlineData("Re[2]: Invitation", "Invitation", true)]
    [InlineData("Re [2]: Invitation", "Invitation", true)]
    [InlineData("[a] [b] re: Invitation", "Invitation", true)]
    [InlineData("[a][b]", "[b]", false)]
    [InlineData("[a] ", "[a]", false)]
    [InlineData("[a", "[a", false)]
    [InlineData("Invitation (fwd)", "Invitation", true)]
    [InlineData("Invitation (FWD) (fwd)  ", "Invitation", true)]
    [InlineData("[fwd: Invitation]", "Invitation", true)]
    [InlineData("[Fwd: [fwd: Re: Invitation (fwd)] ]", "Invitation", true)]
    [InlineData("[fwd: Invitation", "[fwd: Invitation", false)]
    [InlineData("  a \t\r\n b  ", "a b", false)]
    [InlineData("Re:", "", true)]
    [InlineData("(fwd)", "", true)]
    [InlineData("", "", false)]
    [InlineData("[fwd:]", "", true)]
    [InlineData("Re Invitation", "Re Invitation", false)]
    [InlineData("Regarding: Invitation", "Regarding: Invitation", false)]
    [InlineData("AW: Invitation", "AW: Invitation", false)]
    [InlineData("=?utf-8?q?Re=3A_Gr=C3=BC=C3=9Fe?=", "Grüße", true)]
    public void Marks_go_and_the_rest_stays(string subject, string expected, bool isReply)
        => Assert.Equal(new BaseSubject(expected, isReply), BaseSubject.Extract(subject));

    [Theory]
    [InlineData("AW: WG: Einladung")]
    [InlineData("Antw: [bayern] Re: Einladung")]
    public void A_board_may_know_the_marks_of_other_languages(string subject)
        => Assert.Equal(new BaseSubject("Einladung", true), BaseSubject.Extract(subject, BaseSubject.InternationalMarks));

    [Theory]
    [InlineData("Größe", "GRÖSSE", false)]
    [InlineData("größe", "GRÖße", true)]
    [InlineData("Ａda", "ADA", true)]
    public void Subjects_are_compared_without_case_and_form(string one, string other, bool areSame)
        => Assert.Equal(areSame, new BaseSubject(one, false).Key == new BaseSubject(other, false).Key);

    [Fact]
    public void Half_a_character_and_what_is_none_do_no_harm()
    {
        Assert.Equal("\ufffdA", new BaseSubject("\ud800a", false).Key);
        Assert.Equal("\ufffdA", new BaseSubject("\ufffea", false).Key);
    }

    [Fact]
    public void A_base_subject_has_no_marks_left()
        => Gen.OneOf(Gen.Const("re"), Gen.Const("[x]"), Gen.Const(":"), Gen.Const(" "), Gen.Const("(fwd)"), Gen.Const("[fwd:"), Gen.Const("]"), Gen.Const("a"), Gen.Const("["))
            .Array[0, 20].Select(string.Concat).Sample(subject =>
            {
                var once = BaseSubject.Extract(subject);
                return BaseSubject.Extract(once.Text) == new BaseSubject(once.Text, false);
            });

    [Fact]
    public void A_hostile_subject_costs_little()
    {
        Assert.Equal("[]", BaseSubject.Extract(string.Concat(Enumerable.Repeat("[]", 500_000))).Text);
        Assert.Equal("", BaseSubject.Extract(string.Concat(Enumerable.Repeat("re:", 500_000))).Text);
        Assert.Equal("a", BaseSubject.Extract(string.Concat(Enumerable.Repeat("[fwd:", 200_000)) + "a" + new string(']', 200_000)).Text);
    }
}
