using Plenum.Protocols.Mail.Imap.Mime;

namespace Plenum.Protocols.Mail.Imap.Responses;

/// <summary>body and its extension data (RFC 9051 §7.5.2, §9).</summary>
internal readonly struct StructureWriter(ImapResponseWriter writer, bool isExtensible)
{
    public ImapResponseWriter Write(BodyPart part, bool isAdjacent)
    {
        writer.Open(isAdjacent);
        if (part.IsMultipart)
        {
            var isFirst = true;
            foreach (var child in part.Parts)
            {
                Write(child, isAdjacent: !isFirst);
                isFirst = false;
            }

            writer.Text(part.Subtype);
            if (isExtensible)
            {
                Parameters(part.Parameters);
                Rest(part);
            }

            return writer.Close();
        }

        writer.Text(part.Type).Text(part.Subtype);
        Parameters(part.Parameters);
        writer.NString(part.Id).NString(part.Description).Text(part.Encoding).Number(part.Octets);
        if (part.Message is { } message)
        {
            writer.Envelope(message.Envelope);
            Write(message.Body, isAdjacent: false);
            writer.Number(part.Lines);
        }
        else if (part.IsText)
        {
            writer.Number(part.Lines);
        }

        if (isExtensible)
        {
            writer.NString(part.Md5);
            Rest(part);
        }

        return writer.Close();
    }

    private void Rest(BodyPart part)
    {
        if (part.Disposition is null)
        {
            writer.Atom("NIL");
        }
        else
        {
            writer.Open().Text(part.Disposition);
            Parameters(part.DispositionParameters);
            writer.Close();
        }

        if (part.Languages.Count == 0)
        {
            writer.Atom("NIL");
        }
        else
        {
            writer.Open();
            foreach (var language in part.Languages)
            {
                writer.Text(language);
            }

            writer.Close();
        }

        writer.NString(part.Location);
    }

    private void Parameters(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0)
        {
            writer.Atom("NIL");
            return;
        }

        writer.Open();
        foreach (var (name, value) in parameters)
        {
            writer.Text(name).Text(value);
        }

        writer.Close();
    }
}
