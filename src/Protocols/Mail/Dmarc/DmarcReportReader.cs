using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Reads aggregate reports as they come: XML, gzip, zip, or a mail with one of them. Reporters take the schema lightly; so does this.</summary>
public static class DmarcReportReader
{
    /// <summary>Rows kept; the largest receivers send some ten thousand.</summary>
    public const int MaxRows = 100_000;

    /// <summary>Elements inside elements; the schema needs six.</summary>
    private const int MaxDepth = 16;

    /// <summary>Reads a report: plain XML, or packed with gzip or zip (RFC 7489 §7.2.1.1). Bounded in size and depth.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out DmarcReport? report)
    {
        report = null;
        if (!ReportPayload.TryUnpack(octets, out var xml))
        {
            return false;
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml, writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, // No entities: billion laughs, files of ours.
                XmlResolver = null,
                MaxCharactersInDocument = ReportPayload.MaxOctets,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
            report = Read(reader);
            return report is not null;
        }
        catch (Exception broken) when (broken is XmlException or InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Finds the report in a mail: the first attachment that is one.</summary>
    public static bool TryReadMail(Stream message, [NotNullWhen(true)] out DmarcReport? report)
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

    /// <summary>Row by row, so that a large report never stands in memory twice.</summary>
    private static DmarcReport? Read(XmlReader reader)
    {
        if (reader.MoveToContent() is not XmlNodeType.Element || reader.LocalName != "feedback")
        {
            return null;
        }

        var report = new DmarcReport();
        var rows = new List<DmarcReportRow>();
        reader.Read();
        while (reader.MoveToContent() is XmlNodeType.Element or XmlNodeType.Text)
        {
            if (reader.NodeType is XmlNodeType.Text)
            {
                reader.Read();
                continue;
            }

            if (ReadElement(reader) is not { } element || rows.Count == MaxRows)
            {
                return null;
            }

            switch (element.Name.LocalName)
            {
                case "report_metadata":
                    report = WithMetadata(report, element);
                    break;
                case "policy_published":
                    report = WithPolicy(report, element);
                    break;
                case "record":
                    rows.Add(Row(element));
                    break;
            }
        }

        return report.ReportId.Length == 0 && report.Domain.Length == 0 ? null : report with { Rows = rows };
    }

    /// <summary>One child of the root as a tree; null if it is nested too deep.</summary>
    private static XElement? ReadElement(XmlReader reader)
    {
        var root = new XElement(reader.LocalName);
        var open = root;
        var depth = reader.Depth;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return root;
        }

        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth - depth > MaxDepth:
                    return null;
                case XmlNodeType.Element:
                    var child = new XElement(reader.LocalName);
                    open.Add(child);
                    open = reader.IsEmptyElement ? open : child;
                    break;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Add(reader.Value);
                    break;
            }
        }

        reader.Read();
        return root;
    }

    private static DmarcReport WithMetadata(DmarcReport report, XElement element) => report with
    {
        OrgName = Text(element, "org_name") ?? "",
        Email = Text(element, "email") ?? "",
        ExtraContact = Text(element, "extra_contact_info"),
        ReportId = Text(element, "report_id") ?? "",
        Generator = Text(element, "generator"),
        Begin = Time(element.Element("date_range"), "begin"),
        End = Time(element.Element("date_range"), "end"),
        Errors = [.. element.Elements("error").Select(e => e.Value.Trim())],
    };

    private static DmarcReport WithPolicy(DmarcReport report, XElement element) => report with
    {
        Domain = Text(element, "domain") ?? "",
        DkimAlignment = Text(element, "adkim"),
        SpfAlignment = Text(element, "aspf"),
        Policy = Policy(Text(element, "p")) ?? DmarcPolicy.None,
        SubdomainPolicy = Policy(Text(element, "sp")),
        NonexistentPolicy = Policy(Text(element, "np")),
        Percent = Number(Text(element, "pct")) ?? 100,
        IsTesting = Text(element, "testing") is "y",
        DiscoveryMethod = Text(element, "discovery_method"),
        FailureOptions = Text(element, "fo"),
    };

    private static DmarcReportRow Row(XElement element)
    {
        var row = element.Element("row");
        var evaluated = row?.Element("policy_evaluated");
        var identifiers = element.Element("identifiers") ?? element.Element("identities"); // Some use the draft's name.
        var results = element.Element("auth_results");
        return new DmarcReportRow
        {
            SourceAddress = IPAddress.TryParse(Text(row, "source_ip"), out var address) ? address : null,
            Count = Number(Text(row, "count")) ?? 0,
            Disposition = Policy(Text(evaluated, "disposition")) ?? DmarcPolicy.None,
            IsDkimAligned = Text(evaluated, "dkim") is "pass",
            IsSpfAligned = Text(evaluated, "spf") is "pass",
            Overrides = [.. (evaluated?.Elements("reason") ?? []).Select(r => new DmarcOverride(Text(r, "type") ?? "other", Text(r, "comment")))],
            HeaderFrom = Text(identifiers, "header_from") ?? "",
            EnvelopeFrom = Text(identifiers, "envelope_from"),
            EnvelopeTo = Text(identifiers, "envelope_to"),
            Dkim = [.. Auth(results, "dkim")],
            Spf = [.. Auth(results, "spf")],
        };
    }

    private static IEnumerable<DmarcReportAuth> Auth(XElement? results, string method)
        => (results?.Elements(method) ?? []).Select(r => new DmarcReportAuth(
            Text(r, "domain") ?? "", (Text(r, "result") ?? "none").ToLowerInvariant(), Text(r, "selector"), Text(r, "scope"))
        {
            HumanResult = Text(r, "human_result"),
        });

    private static string? Text(XElement? element, string name)
        => element?.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(string? text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset Time(XElement? element, string name)
        => long.TryParse(Text(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : default;

    private static DmarcPolicy? Policy(string? text) => text?.ToLowerInvariant() switch
    {
        "none" => DmarcPolicy.None,
        "quarantine" => DmarcPolicy.Quarantine,
        "reject" => DmarcPolicy.Reject,
        _ => null,
    };
}
