using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Plenum.Protocols.Mail.Dmarc;

namespace Plenum.Protocols.Mail.TlsRpt;

/// <summary>Reads TLS reports: JSON, packed with gzip or not, or a mail with one (RFC 8460 §4.4, §5.3). Bounded in size and depth.</summary>
public static class TlsReportReader
{
    /// <summary>Policies and failures kept of each list; a report about one domain has a handful.</summary>
    public const int MaxEntries = 10_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowTrailingCommas = true };

    /// <summary>Reads a report, packed or not.</summary>
    /// <returns>False if it is no JSON, is packed larger than 64 MiB, or names no policy.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out TlsReport? report)
    {
        report = null;
        if (!ReportPayload.TryUnpack(octets, out var json))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json.AsMemory(), Options);
            report = Read(document.RootElement);
            return report is not null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: a string that is no UTF-16 (lone surrogate escapes).
        }
    }

    /// <summary>Finds the report in a mail: the first attachment that is one.</summary>
    public static bool TryReadMail(Stream message, [NotNullWhen(true)] out TlsReport? report)
    {
        report = null;
        foreach (var content in ReportPayload.AttachmentsOf(message))
        {
            if (TryRead(content, out report))
            {
                return true;
            }
        }

        return false;
    }

    private static TlsReport? Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || List(root, "policies") is not { Count: > 0 } policies)
        {
            return null;
        }

        var range = Child(root, "date-range");
        return new TlsReport
        {
            OrganizationName = Text(root, "organization-name") ?? "",
            Begin = Time(range, "start-datetime"),
            End = Time(range, "end-datetime"),
            ContactInfo = Text(root, "contact-info") ?? "",
            ReportId = Text(root, "report-id") ?? "",
            Policies = [.. policies.Select(Policy)],
        };
    }

    private static TlsReportPolicy Policy(JsonElement element)
    {
        var policy = Child(element, "policy");
        var summary = Child(element, "summary");
        return new TlsReportPolicy(
            Text(policy, "policy-type") ?? "", Texts(policy, "policy-string"), Text(policy, "policy-domain") ?? "", Texts(policy, "mx-host"),
            Number(summary, "total-successful-session-count"), Number(summary, "total-failure-session-count"),
            [.. (List(element, "failure-details") ?? []).Select(Failure)]);
    }

    private static TlsReportFailure Failure(JsonElement element) => new(Text(element, "result-type") ?? "", Number(element, "failed-session-count"))
    {
        SendingAddress = Text(element, "sending-mta-ip"),
        ReceivingHost = Text(element, "receiving-mx-hostname"),
        ReceivingHelo = Text(element, "receiving-mx-helo"),
        ReceivingAddress = Text(element, "receiving-ip"),
        ReasonCode = Text(element, "failure-reason-code"),
        AdditionalInformation = Text(element, "additional-information") ?? Text(element, "additional-info-uri"),
    };

    private static JsonElement Child(JsonElement element, string name)
        => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static List<JsonElement>? List(JsonElement element, string name)
        => Child(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Take(MaxEntries)] : null;

    private static string? Text(JsonElement element, string name)
        => Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A list of strings; some senders write one string.</summary>
    private static string[] Texts(JsonElement element, string name)
        => List(element, name) is { } list
            ? [.. list.Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString()!)]
            : Text(element, name) is { } one ? [one] : [];

    /// <summary>A count; some senders write it as a string.</summary>
    private static long Number(JsonElement element, string name)
    {
        var child = Child(element, name);
        return child.ValueKind is JsonValueKind.Number && child.TryGetInt64(out var number) ? number
            : child.ValueKind is JsonValueKind.String
                && long.TryParse(child.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : 0;
    }

    private static DateTimeOffset Time(JsonElement element, string name)
        => DateTimeOffset.TryParse(Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
}
