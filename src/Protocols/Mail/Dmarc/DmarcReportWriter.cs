using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Writes aggregate reports (RFC 7489 §7.2, Appendix C).</summary>
public static class DmarcReportWriter
{
    /// <summary>The report as XML.</summary>
    public static byte[] WriteXml(DmarcReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("feedback");
            Element(xml, "version", "1.0");
            WriteMetadata(xml, report);
            WritePolicy(xml, report);
            foreach (var row in report.Rows)
            {
                WriteRow(xml, row);
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    /// <summary>The report as application/gzip, the form to send (RFC 7489 §7.2.1.1).</summary>
    public static byte[] WriteGzip(DmarcReport report)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(WriteXml(report));
        }

        return output.ToArray();
    }

    /// <summary>receiver "!" policy-domain "!" begin "!" end ".xml.gz" (RFC 7489 §7.2.1.1).</summary>
    public static string FileName(DmarcReport report, string receiver)
    {
        ArgumentNullException.ThrowIfNull(report);
        return string.Create(CultureInfo.InvariantCulture,
            $"{receiver}!{report.Domain}!{report.Begin.ToUnixTimeSeconds()}!{report.End.ToUnixTimeSeconds()}.xml.gz");
    }

    /// <summary>The Subject of the mail that carries it (RFC 7489 §7.2.1.1).</summary>
    public static string Subject(DmarcReport report, string submitter)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"Report Domain: {report.Domain} Submitter: {submitter} Report-ID: <{report.ReportId}>";
    }

    private static void WriteMetadata(XmlWriter xml, DmarcReport report)
    {
        xml.WriteStartElement("report_metadata");
        Element(xml, "org_name", report.OrgName);
        Element(xml, "email", report.Email);
        Optional(xml, "extra_contact_info", report.ExtraContact);
        Element(xml, "report_id", report.ReportId);
        xml.WriteStartElement("date_range");
        Element(xml, "begin", Number(report.Begin.ToUnixTimeSeconds()));
        Element(xml, "end", Number(report.End.ToUnixTimeSeconds()));
        xml.WriteEndElement();
        foreach (var error in report.Errors)
        {
            Element(xml, "error", error);
        }

        Optional(xml, "generator", report.Generator);

        xml.WriteEndElement();
    }

    private static void WritePolicy(XmlWriter xml, DmarcReport report)
    {
        xml.WriteStartElement("policy_published");
        Element(xml, "domain", report.Domain);
        Optional(xml, "discovery_method", report.DiscoveryMethod);
        Optional(xml, "adkim", report.DkimAlignment);
        Optional(xml, "aspf", report.SpfAlignment);
        Element(xml, "p", Word(report.Policy));
        Optional(xml, "sp", report.SubdomainPolicy is { } sub ? Word(sub) : null);
        Optional(xml, "np", report.NonexistentPolicy is { } nonexistent ? Word(nonexistent) : null);
        Element(xml, "pct", Number(report.Percent));
        Optional(xml, "testing", report.IsTesting ? "y" : null);
        Optional(xml, "fo", report.FailureOptions);
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, DmarcReportRow row)
    {
        xml.WriteStartElement("record");
        xml.WriteStartElement("row");
        Element(xml, "source_ip", row.SourceAddress?.ToString() ?? "");
        Element(xml, "count", Number(row.Count));
        xml.WriteStartElement("policy_evaluated");
        Element(xml, "disposition", Word(row.Disposition));
        Element(xml, "dkim", row.IsDkimAligned ? "pass" : "fail");
        Element(xml, "spf", row.IsSpfAligned ? "pass" : "fail");
        foreach (var reason in row.Overrides)
        {
            xml.WriteStartElement("reason");
            Element(xml, "type", reason.Type);
            Optional(xml, "comment", reason.Comment);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("identifiers");
        Optional(xml, "envelope_to", row.EnvelopeTo);
        Optional(xml, "envelope_from", row.EnvelopeFrom);
        Element(xml, "header_from", row.HeaderFrom);
        xml.WriteEndElement();
        xml.WriteStartElement("auth_results");
        foreach (var (method, results) in new[] { ("dkim", row.Dkim), ("spf", row.Spf) })
        {
            foreach (var result in results)
            {
                xml.WriteStartElement(method);
                Element(xml, "domain", result.Domain);
                Optional(xml, "selector", result.Selector);
                Optional(xml, "scope", result.Scope);
                Element(xml, "result", result.Result);
                Optional(xml, "human_result", result.HumanResult);
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Optional(XmlWriter xml, string name, string? text)
    {
        if (text is not null)
        {
            Element(xml, name, text);
        }
    }

    /// <summary>Characters XML 1.0 cannot hold are left out: domains and comments come from strangers.</summary>
    private static void Element(XmlWriter xml, string name, string text)
        => xml.WriteElementString(name, text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where(XmlConvert.IsXmlChar)));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Word(DmarcPolicy policy) => policy.ToString().ToLowerInvariant();
}
