using System.Text;
using Plenum.Protocols.Mail.Dmarc;

namespace Plenum.Fuzz.MailAuth;

/// <summary>Small well-formed inputs to start from, each with its parser's number in front.</summary>
internal static class MailAuthSeeds
{
    public static IReadOnlyList<byte[]> All { get; } =
    [
        Seed(0, "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/simple; d=example.org; s=s; l=3; t=1; x=9999999999; i=@example.org;\r\n h=from:to; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\r\nFrom: a@example.org\r\n\r\nbody \r\n\r\n"),
        Seed(1, "v=DKIM1; k=ed25519; h=sha256; s=email; t=y:s; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
        Seed(1, "v=DMARC1; p=reject; sp=none; np=quarantine; pct=50; rua=mailto:a@example.org!10m; adkim=s; psd=n"),
        Seed(1, "v=TLSRPTv1; rua=mailto:a@example.org,https://example.org/"),
        Seed(2, "a:%{ir}.%{l1r-+}.example.org/24//64 mx ip4:192.0.2.0/24 ip6:::1/128 exists:%{S}.example.org ptr include:example.org redirect=example.org exp=e.example.org -all"),
        Seed(3, "ARC-Seal: i=1; a=ed25519-sha256; cv=none; d=example.org; s=s; t=1; b=AAAA\r\nARC-Message-Signature: i=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.org; s=s; h=from; bh=AAAA; b=AAAA\r\nARC-Authentication-Results: i=1; example.org; none\r\nFrom: a@example.org\r\n\r\nx"),
        Seed(4, "mx.example.org 1 (c (d)); dkim/1=pass reason=\"x\" header.d=example.org (c) header.b=\"a+b\"; spf = fail smtp.mailfrom=\"a b\"@example.org"),
        Seed(5, "Authentication-Results: mx.example.org; none\r\nauthentication-results:\r\n (c) \"mx.example.org\"; none\r\nFrom: =?utf-8?q?a?= <a@example.org>, g:b@example.com;\r\n\r\n"),
        [6, .. DmarcReportWriter.WriteXml(new DmarcReport { ReportId = "1", Domain = "example.org", Rows = [new DmarcReportRow { HeaderFrom = "example.org" }] })],
        [6, .. DmarcReportWriter.WriteGzip(new DmarcReport { ReportId = "1", Domain = "example.org" })],
        Seed(7, "{\"report-id\":\"1\",\"date-range\":{\"start-datetime\":\"2016-04-01T00:00:00Z\"},\"policies\":[{\"policy\":{\"policy-string\":[\"a\"]},\"summary\":{\"total-failure-session-count\":\"3\"},\"failure-details\":[{}]}]}"),
        Seed(8, "version: STSv1\nmode: enforce\nmx: *.example.org\nmax_age: 86400\n"),
        Seed(8, "// ===BEGIN ICANN DOMAINS===\norg\n*.ck\n!www.ck\n"),
        Seed(9, "Subject: x\r\n y\r\nTo : z\r\n\r\n a \t b \r\n\r\n"),
    ];

    private static byte[] Seed(byte parser, string text) => [parser, .. Encoding.UTF8.GetBytes(text)];
}
