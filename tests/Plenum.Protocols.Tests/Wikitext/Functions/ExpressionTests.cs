using System.Globalization;
using CsCheck;
using Plenum.Protocols.Tests.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Functions;

public sealed class ExpressionTests
{
    private readonly TestWiki _wiki = new();

    [Theory]
    [InlineData("1+2*3", "7")]
    [InlineData("(1+2)*3", "9")]
    [InlineData("-2^2", "4")]
    [InlineData("2^-1", "0.5")]
    [InlineData("10-4-3", "3")]
    [InlineData("1/3", "0.33333333333333")]
    [InlineData("0.1+0.2", "0.3")]
    [InlineData("7 mod 3", "1")]
    [InlineData("-7 mod 3", "-1")]
    [InlineData("5.9 mod 3.9", "2")]
    [InlineData("7 fmod 2.5", "2")]
    [InlineData("5 div 2", "2.5")]
    [InlineData("1.005 round 2", "1.01")]
    [InlineData("-0.5 round 0", "-1")]
    [InlineData("1234 round -2", "1200")]
    [InlineData("trunc -1.7", "-1")]
    [InlineData("ceil 1.2 + floor -1.2", "0")]
    [InlineData("10^14", "1.0E+14")]
    [InlineData("trunc 1e15", "1000000000000000")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1.0E-5")]
    [InlineData("123456789012345", "1.2345678901234E+14")]
    [InlineData("1e400", "INF")]
    [InlineData("pi", "3.1415926535898")]
    [InlineData("e", "2.718281828459")]
    [InlineData("2e3", "2000")]
    [InlineData("not 0 and 1 or 0", "1")]
    [InlineData("3 != 4", "1")]
    [InlineData("1 &lt; 2", "1")]
    [InlineData("6 &minus; 2", "4")]
    [InlineData("−5", "-5")]
    [InlineData("", "")]
    [InlineData(".5.5", "0.5")]
    public void It_calculates(string expression, string result) => Assert.Equal(result, _wiki.Text($"{{{{#expr:{expression}}}}}"));

    [Theory]
    [InlineData("1/0", "Division by zero.")]
    [InlineData("1 2", "Expression error: Unexpected number.")]
    [InlineData("hund", "Expression error: Unrecognized word &quot;hund&quot;.")]
    [InlineData("(1", "Expression error: Unclosed bracket.")]
    [InlineData("1)", "Expression error: Unexpected closing bracket.")]
    [InlineData("2 (3)", "Expression error: Unexpected ( operator.")]
    [InlineData("acos 2", "Invalid argument for acos: &lt; -1 or &gt; 1.")]
    [InlineData("ln 0", "Invalid argument for ln: &lt;= 0.")]
    [InlineData("sqrt -1", "In sqrt: Result is not a number.")]
    [InlineData("ä", "Expression error: Unrecognized punctuation character &quot;ä&quot;.")]
    public void It_says_what_is_wrong(string expression, string sentence)
        => Assert.Equal($"<strong class=\"error\">{sentence}</strong>", _wiki.Text($"{{{{#expr:{expression}}}}}"));

    [Fact]
    public void Errors_speak_the_language_of_the_wiki()
        => Assert.Equal("<strong class=\"error\">Division durch null.</strong>", new TestWiki("de").Text("{{#expr:1/0}}"));

    [Fact]
    public void Sums_of_integers_are_exact()
        => Gen.Int[-100_000, 100_000].List[1, 8].Sample(numbers =>
            _wiki.Text("{{#expr:" + string.Join("+", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))) + "}}") == numbers.Sum().ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Any_text_gives_a_value_or_an_error()
        => Gen.String[Gen.Char["0123456789.+-*/^()<>=! eabcdnotrudmpi"], 0, 40].Sample(text => _wiki.Text("{{#expr:" + text + "}}") is not null);
}
