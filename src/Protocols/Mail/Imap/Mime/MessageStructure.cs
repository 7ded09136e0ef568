using System.Diagnostics.CodeAnalysis;
using MimeKit;
using Plenum.Protocols.Mail.Imap.Commands;

namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>Envelope and MIME tree of a message, with the place of every part: enough to answer every FETCH without parsing again.</summary>
/// <param name="HeaderAt">First octet of the message; 0 unless it lies inside another.</param>
/// <param name="BodyAt">First octet after the header and its empty line.</param>
/// <param name="EndAt">First octet after the message.</param>
public sealed record MessageStructure(ImapEnvelope Envelope, BodyPart Body, long HeaderAt, long BodyAt, long EndAt)
{
    /// <summary>Reads a message of any quality: what is broken is read as text.</summary>
    /// <param name="message">A seekable stream at its start. Bodies are not kept in memory.</param>
    public static MessageStructure Read(Stream message) => new StructureReader(message).Read();

    /// <summary>The octets a section stands for, without what HEADER.FIELDS leaves out.</summary>
    /// <param name="range">From the first octet to after the last, in the outermost message.</param>
    /// <returns>False if there is no such part, or it has no such text.</returns>
    /// <remarks>For header fields the range is the whole header; choose the fields with <see cref="HeaderSelection"/>.</remarks>
    public bool TryLocate(BodySection section, out (long Start, long End) range)
    {
        ArgumentNullException.ThrowIfNull(section);
        range = default;
        if (section.Part.Count == 0)
        {
            range = Of(this, section.What);
            return section.What != SectionText.Mime;
        }

        if (!TryFind(section.Part, out var part))
        {
            return false;
        }

        if (section.What is SectionText.All or SectionText.Mime)
        {
            range = section.What == SectionText.All ? (part.BodyAt, part.EndAt) : (part.HeaderAt, part.BodyAt);
            return true;
        }

        // HEADER and TEXT belong to messages (RFC 9051 §6.4.5.1).
        if (part.Message is null)
        {
            return false;
        }

        range = Of(part.Message, section.What);
        return true;
    }

    /// <summary>The part with this number; part 1 of a message without multipart is its body.</summary>
    /// <param name="path">Numbers from outside inwards; not empty.</param>
    public bool TryFind(IReadOnlyList<int> path, [NotNullWhen(true)] out BodyPart? part)
    {
        ArgumentNullException.ThrowIfNull(path);
        part = null;
        var current = Body;
        var isFirst = true;
        foreach (var number in path)
        {
            if (!isFirst)
            {
                if (current.Message is { } inner)
                {
                    current = inner.Body;
                }
                else if (!current.IsMultipart)
                {
                    return false;
                }
            }

            isFirst = false;
            if (current.IsMultipart)
            {
                if (number < 1 || number > current.Parts.Count)
                {
                    return false;
                }

                current = current.Parts[number - 1];
            }
            else if (number != 1)
            {
                return false;
            }
        }

        part = current;
        return path.Count > 0;
    }

    private static (long Start, long End) Of(MessageStructure message, SectionText what) => what switch
    {
        SectionText.All => (message.HeaderAt, message.EndAt),
        SectionText.Text => (message.BodyAt, message.EndAt),
        _ => (message.HeaderAt, message.BodyAt),
    };
}
