using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using MimeKit.Utils;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>Reads message/feedback-report (RFC 5965, 6591, 6692). Only Feedback-Type is insisted on; real reports lack much else.</summary>
public static class FeedbackReportReader
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "Feedback-Type", "User-Agent", "Version", "Original-Envelope-Id", "Original-Mail-From", "Original-Rcpt-To", "Arrival-Date", "Received-Date",
        "Reporting-MTA", "Source-IP", "Source-Port", "Incidents", "Authentication-Results", "Reported-Domain", "Reported-URI", "Auth-Failure",
        "Delivery-Result", "DKIM-Domain", "DKIM-Identity", "DKIM-Selector", "DKIM-Selector-DNS", "DKIM-Canonicalized-Header",
        "DKIM-Canonicalized-Body", "DKIM-ADSP-DNS", "SPF-DNS", "Identity-Alignment",
    };

    /// <summary>Reads the decoded content of the part.</summary>
    public static bool TryRead(ReadOnlySpan<byte> part, [NotNullWhen(true)] out FeedbackReport? report)
    {
        report = null;
        var fields = ReportFields.ReadGroups(part).SelectMany(group => group).ToList();
        if (Word(fields, "Feedback-Type") is not { } type)
        {
            return false;
        }

        report = new FeedbackReport
        {
            FeedbackType = type,
            UserAgent = Text(fields, "User-Agent") ?? "",
            Version = Text(fields, "Version") ?? "",
            OriginalEnvelopeId = Text(fields, "Original-Envelope-Id"),
            OriginalMailFrom = fields.FirstOrDefault(field => field.Is("Original-Mail-From")) is { Name: not null } path ? Path(path.Value) : null,
            OriginalRcptTo = [.. All(fields, "Original-Rcpt-To").Select(Path)],
            ArrivalDate = (Text(fields, "Arrival-Date") ?? Text(fields, "Received-Date")) is { } date && DateUtils.TryParse(date, out var at) ? at : null,
            ReportingMta = Text(fields, "Reporting-MTA") is { } mta && TypedText.TryParse(mta, out var typed) ? typed : null,
            SourceIp = Word(fields, "Source-IP") is { } ip && IPAddress.TryParse(ip.Trim('[', ']'), out var address) ? address : null,
            SourcePort = Word(fields, "Source-Port") is { } port && ushort.TryParse(port, CultureInfo.InvariantCulture, out var number) ? number : null,
            Incidents = Word(fields, "Incidents") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1,
            AuthenticationResults = [.. All(fields, "Authentication-Results")],
            ReportedDomains = [.. All(fields, "Reported-Domain").Select(ReportFields.WithoutComment)],
            ReportedUris = [.. All(fields, "Reported-URI")],
            AuthFailure = ReadFailure(fields),
            Extensions = [.. fields.Where(field => !Known.Contains(field.Name))],
        };
        return true;
    }

    private static AuthFailure? ReadFailure(List<ReportField> fields) => Word(fields, "Auth-Failure") is not { } kind ? null : new AuthFailure
    {
        Kind = kind,
        DeliveryResult = Word(fields, "Delivery-Result"),
        DkimDomain = Text(fields, "DKIM-Domain"),
        DkimIdentity = Text(fields, "DKIM-Identity"),
        DkimSelector = Text(fields, "DKIM-Selector"),
        DkimSelectorDns = Text(fields, "DKIM-Selector-DNS"),
        DkimCanonicalizedHeader = Octets(fields, "DKIM-Canonicalized-Header"),
        DkimCanonicalizedBody = Octets(fields, "DKIM-Canonicalized-Body"),
        DkimAdspDns = Text(fields, "DKIM-ADSP-DNS"),
        SpfDns = [.. All(fields, "SPF-DNS")],
        IdentityAlignment = Text(fields, "Identity-Alignment"),
    };

    private static IEnumerable<string> All(List<ReportField> fields, string name)
        => fields.Where(field => field.Is(name) && field.Value.Length > 0).Select(field => field.Value);

    private static string? Text(List<ReportField> fields, string name) => All(fields, name).FirstOrDefault();

    /// <summary>One word in lower case, without comment.</summary>
    private static string? Word(List<ReportField> fields, string name)
        => Text(fields, name) is { } text && ReportFields.WithoutComment(text).ToLowerInvariant() is { Length: > 0 } word ? word : null;

    private static string Path(string value) => value.Trim().TrimStart('<').TrimEnd('>');

    private static byte[] Octets(List<ReportField> fields, string name)
    {
        if (Text(fields, name) is not { } text)
        {
            return [];
        }

        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : [];
    }
}
