using System.IO.Compression;
using MimeKit;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Unpacks what report mails carry, within bounds: a few kilobytes must not become gigabytes.</summary>
internal static class ReportPayload
{
    /// <summary>A report after unpacking, in octets; stops zip and gzip bombs. The largest real ones stay under 20 MB.</summary>
    public const int MaxOctets = 64 * 1024 * 1024;

    /// <summary>Files in a zip that are looked at.</summary>
    private const int MaxZipEntries = 10;

    /// <summary>Parts inside parts of a report mail.</summary>
    private const int MaxMimeDepth = 10;

    /// <summary>Attachments of a report mail that are tried.</summary>
    private const int MaxAttachments = 10;

    /// <summary>Yields the content of gzip or zip, or the octets themselves if they are neither. False if packed badly or too large.</summary>
    public static bool TryUnpack(ReadOnlyMemory<byte> octets, out byte[] content)
    {
        content = [];
        try
        {
            var span = octets.Span;
            if (span.Length > 2 && span[0] == 0x1f && span[1] == 0x8b) // RFC 1952 §2.3.1
            {
                using var gzip = new GZipStream(new MemoryStream(octets.ToArray(), writable: false), CompressionMode.Decompress);
                return TryCopy(gzip, out content);
            }

            if (span.StartsWith("PK\x03\x04"u8))
            {
                using var zip = new ZipArchive(new MemoryStream(octets.ToArray(), writable: false), ZipArchiveMode.Read);
                var entry = zip.Entries.Take(MaxZipEntries).FirstOrDefault(e => e.Length > 0);
                if (entry is null)
                {
                    return false;
                }

                using var stream = entry.Open();
                return TryCopy(stream, out content); // Not entry.Length: it may lie.
            }

            content = octets.ToArray();
            return content.Length is > 0 and <= MaxOctets;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The decoded leaf parts of a mail. Anything may come from outside: trouble ends the list.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> AttachmentsOf(Stream message)
    {
        MimeMessage mail;
        try
        {
            mail = MimeMessage.Load(new ParserOptions { MaxMimeDepth = MaxMimeDepth }, message);
        }
        catch (FormatException)
        {
            yield break;
        }

        foreach (var part in mail.BodyParts.OfType<MimePart>().Take(MaxAttachments))
        {
            var content = new MemoryStream();
            part.Content?.DecodeTo(content);
            yield return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
    }

    private static bool TryCopy(Stream source, out byte[] content)
    {
        var target = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (source.Read(buffer) is var read and > 0)
        {
            if (target.Length + read > MaxOctets)
            {
                content = [];
                return false;
            }

            target.Write(buffer, 0, read);
        }

        content = target.ToArray();
        return true;
    }
}
