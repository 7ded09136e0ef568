using System.Buffers;
using System.Text;
using Plenum.Protocols.Mail.Imap.Commands;

namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>Chooses fields of a header for HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 §6.4.5.1).</summary>
public static class HeaderSelection
{
    /// <summary>Writes the chosen fields as they stand, folding included, and the empty line that ends a header.</summary>
    /// <param name="header">The whole header, its empty line included if there is one.</param>
    /// <param name="section">Any other text than header fields writes the header unchanged.</param>
    public static void Write(ReadOnlySpan<byte> header, BodySection section, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(output);
        if (section.What is not (SectionText.HeaderFields or SectionText.HeaderFieldsNot))
        {
            output.Write(header);
            return;
        }

        var wanted = section.Fields.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isListed = section.What == SectionText.HeaderFields;
        var isChosen = false;
        while (!header.IsEmpty)
        {
            var end = header.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : header.Length;
            var line = header[..end];
            header = header[end..];
            if (line.TrimEnd("\r\n"u8).IsEmpty)
            {
                break;
            }

            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                var colon = line.IndexOf((byte)':');
                isChosen = colon >= 0 && wanted.Contains(Encoding.UTF8.GetString(line[..colon]).TrimEnd(' ', '\t')) == isListed;
            }

            if (isChosen)
            {
                output.Write(line);
            }
        }

        output.Write("\r\n"u8);
    }
}
