using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Plenum.Kernel;
using Plenum.SignOn;
using Plenum.SignOn.SigningIn;

namespace Plenum.Modules.Tests.SignOn;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("neun gelbe Kraniche")]
    [InlineData("Xq7#mZ2p!vL9")]
    [InlineData("пятнадцать журавлей")]
    [InlineData("一二三四五六七八九十")]
    public void A_password_nobody_tries_first_is_good(string password) => RulesWith("").Check(password, "emil", "Ebner");

    [Theory]
    [InlineData("kurz", "signon.password.too-short")]
    [InlineData("password123", "signon.password.known")]
    [InlineData("P@ssw0rt!!", "signon.password.known")]
    [InlineData("Demokratie2026!", "signon.password.known")]
    [InlineData("1234567890", "signon.password.known")]
    [InlineData("qwertzuiop", "signon.password.known")]
    [InlineData("aaaaaaaaaaaaaa", "signon.password.known")]
    [InlineData("abcabcabcabc", "signon.password.known")]
    [InlineData("Emil-Ebner1", "signon.password.own-name")]
    public void A_password_that_is_tried_first_is_refused(string password, string why)
        => Assert.Equal(why, Assert.Throws<RuleException>(() => RulesWith("").Check(password, "emil", "Emil-Ebner")).Key);

    [Fact]
    public void A_sentence_longer_than_a_paragraph_is_refused_before_it_is_hashed()
        => Assert.Equal("signon.password.too-long", Assert.Throws<RuleException>(() => RulesWith("").Check(new string('x', 257) + "abc")).Key);

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", ":42")]
    public void A_breached_password_is_found_wherever_it_stands_in_the_file(string newline, string count)
    {
        var breached = Enumerable.Range(0, 500).Select(i => $"verraten und verkauft {i}").ToList();
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, string.Concat(breached.Select(HashOf).Order(StringComparer.Ordinal).Select(h => h + count + newline)));
            var rules = RulesWith(file);
            Assert.All(breached, password => Assert.Throws<RuleException>(() => rules.Check(password)));
            Assert.All(Enumerable.Range(0, 500), i => rules.Check($"bisher unbekannt {i}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static PasswordRules RulesWith(string file) => new(Options.Create(new SignOnOptions { BreachedPasswordsFile = file }));

#pragma warning disable CA5350 // The format of the public lists.
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
