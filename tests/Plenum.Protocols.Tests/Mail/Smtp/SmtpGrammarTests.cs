using System.Globalization;
using System.Net;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

public sealed class SmtpGrammarTests
{
    [Theory]
    [InlineData("<ada@example.org>", "ada@example.org", "")]
    [InlineData("<ada@EXAMPLE.org> SIZE=1", "ada@example.org", " SIZE=1")]
    [InlineData("<>", "", "")]
    [InlineData("<\"ada\"@example.org>", "ada@example.org", "")]
    [InlineData("<\"a b>c\\\"d\"@example.org>", "\"a b>c\\\"d\"@example.org", "")]
    [InlineData("<@one.example,@two.example:ada@example.org>", "ada@example.org", "")]
    [InlineData("<ada@[192.0.2.1]>", "ada@[192.0.2.1]", "")]
    [InlineData("<ada@[IPv6:2001:db8::1]>", "ada@[ipv6:2001:db8::1]", "")]
    [InlineData("<ada@bücher.example>", "ada@xn--bcher-kva.example", "")]
    [InlineData("<ädä@example.org>", "ädä@example.org", "")]
    [InlineData("<ada+tag@example.org>", "ada+tag@example.org", "")]
    [InlineData("  <a@b>", "a@b", "")]
    public void Paths_are_read(string text, string address, string rest)
    {
        Assert.True(SmtpPath.TryParse(text, out var path, out var after));
        Assert.Equal((address, rest), (path.Address, after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada@example.org")]
    [InlineData("<ada@example.org")]
    [InlineData("<ada@example.org>SIZE=1")]
    [InlineData("<ada>")]
    [InlineData("<@example.org>")]
    [InlineData("<ada@>")]
    [InlineData("<.ada@example.org>")]
    [InlineData("<a..b@example.org>")]
    [InlineData("<a b@example.org>")]
    [InlineData("<ada@exa mple.org>")]
    [InlineData("<ada@[300.0.0.1]>")]
    [InlineData("<ada@[1.2.3]>")]
    [InlineData("<\"a\"b@example.org>")]
    [InlineData("<\"\"@example.org>")]
    [InlineData("<a@b@[c>")]
    [InlineData("<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org>")]
    public void What_is_no_path_is_refused(string text) => Assert.False(SmtpPath.TryParse(text, out _, out _));

    [Fact]
    public void The_received_field_tells_the_way_and_trusts_no_word()
    {
        var field = new ReceivedField
        {
            HelloName = "evil)\r\nX: y",
            Client = IPAddress.Parse("::ffff:192.0.2.7"),
            ClientName = "mail.example.net",
            By = "mx.example.org",
            IsExtended = true,
            IsEncrypted = true,
            IsSignedIn = true,
            Cipher = "TLS1.3 TLS_AES_256_GCM_SHA384",
            Id = "019",
            For = "ada@example.org",
            At = DateTimeOffset.Parse("2026-11-24T09:30:00+01:00", CultureInfo.InvariantCulture),
        };
        Assert.Equal(
            "Received: from evil???X:?y (mail.example.net [192.0.2.7])\r\n\tby mx.example.org with ESMTPSA (TLS1.3 TLS_AES_256_GCM_SHA384)\r\n\t"
            + "id 019 for <ada@example.org>;\r\n\tTue, 24 Nov 2026 09:30:00 +0100\r\n",
            field.Write());
    }

    [Theory]
    [InlineData(false, false, false, false, "SMTP")]
    [InlineData(true, false, false, false, "ESMTP")]
    [InlineData(true, true, true, false, "ESMTPSA")]
    [InlineData(true, true, false, true, "UTF8SMTPS")]
    public void The_protocol_word_follows_RFC_3848(bool extended, bool encrypted, bool signedIn, bool utf8, string word)
    {
        var field = new ReceivedField { HelloName = "c", Client = IPAddress.Loopback, By = "s", Id = "1", At = default, IsExtended = extended, IsEncrypted = encrypted, IsSignedIn = signedIn, IsUtf8 = utf8 };
        Assert.Equal(word, field.Protocol);
    }
}
