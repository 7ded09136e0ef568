using System.Globalization;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Reads the arguments of MAIL and RCPT with all parameters this server knows.</summary>
internal static class SmtpEnvelopeReader
{
    /// <returns>Null if it was read, else the refusal.</returns>
    public static SmtpReply? ReadMail(string argument, long maxBytes, out SmtpEnvelope? envelope)
    {
        envelope = null;
        if (!TryStrip(argument, "FROM:", out var text) || !SmtpPath.TryParse(text, out var path, out var rest) || path.IsBarePostmaster)
        {
            return SmtpReplies.BadSender;
        }

        if (!EsmtpParameters.TryParse(rest, out var parameters))
        {
            return SmtpReplies.BadParameter("MAIL");
        }

        if (parameters.Keywords.FirstOrDefault(k => k is not ("SIZE" or "BODY" or "SMTPUTF8" or "AUTH" or "RET" or "ENVID")) is { } unknown)
        {
            return SmtpReplies.UnknownParameter(unknown);
        }

        long? size = null;
        if (parameters.Has("SIZE"))
        {
            if (!long.TryParse(parameters["SIZE"], NumberStyles.None, CultureInfo.InvariantCulture, out var octets))
            {
                return SmtpReplies.BadParameter("SIZE");
            }

            if (octets > maxBytes)
            {
                return SmtpReplies.TooLarge(maxBytes);
            }

            size = octets;
        }

        var isUtf8 = parameters.Has("SMTPUTF8");
        if (isUtf8 && parameters["SMTPUTF8"] is not null)
        {
            return SmtpReplies.BadParameter("SMTPUTF8");
        }

        var body = parameters["BODY"]?.ToUpperInvariant();
        if (parameters.Has("BODY") && body is not ("7BIT" or "8BITMIME"))
        {
            return SmtpReplies.BadParameter("BODY");
        }

        if (path.NeedsUtf8 && !isUtf8)
        {
            return SmtpReplies.NeedsUtf8;
        }

        var dsn = ReadDsn(parameters, out var @return, out var envelopeId);
        if (dsn is not null)
        {
            return dsn;
        }

        var submitter = "";
        if (parameters.Has("AUTH") && (parameters["AUTH"] is not { } encoded || !Xtext.TryDecode(encoded, out submitter)))
        {
            return SmtpReplies.BadParameter("AUTH");
        }

        envelope = new()
        {
            ReversePath = path,
            DeclaredSize = size,
            IsEightBit = body is "8BITMIME",
            IsUtf8 = isUtf8,
            SubmittedBy = submitter is "" or "<>" ? null : submitter,
            Return = @return,
            EnvelopeId = envelopeId,
        };
        return null;
    }

    /// <returns>Null if it was read, else the refusal.</returns>
    public static SmtpReply? ReadRecipient(string argument, bool isUtf8, out SmtpRecipient? recipient)
    {
        recipient = null;
        if (!TryStrip(argument, "TO:", out var text) || !SmtpPath.TryParse(text, out var path, out var rest) || path.IsNull)
        {
            return SmtpReplies.BadPath;
        }

        if (path.NeedsUtf8 && !isUtf8)
        {
            return SmtpReplies.NeedsUtf8;
        }

        if (!EsmtpParameters.TryParse(rest, out var parameters))
        {
            return SmtpReplies.BadParameter("RCPT");
        }

        if (parameters.Keywords.FirstOrDefault(k => k is not ("NOTIFY" or "ORCPT")) is { } unknown)
        {
            return SmtpReplies.UnknownParameter(unknown);
        }

        var notify = DsnNotify.Unspecified;
        if (parameters.Has("NOTIFY") && !DsnParameters.TryParseNotify(parameters["NOTIFY"], out notify))
        {
            return SmtpReplies.BadParameter("NOTIFY");
        }

        TypedText? original = null;
        if (parameters.Has("ORCPT") && !TypedText.TryParseOrcpt(parameters["ORCPT"] ?? "", out original))
        {
            return SmtpReplies.BadParameter("ORCPT");
        }

        recipient = new(path, notify, original);
        return null;
    }

    private static SmtpReply? ReadDsn(EsmtpParameters parameters, out DsnReturn @return, out string? envelopeId)
    {
        @return = DsnReturn.Unspecified;
        envelopeId = null;
        return parameters.Has("RET") && !DsnParameters.TryParseReturn(parameters["RET"], out @return) ? SmtpReplies.BadParameter("RET")
            : parameters.Has("ENVID") && !DsnParameters.TryParseEnvid(parameters["ENVID"], out envelopeId) ? SmtpReplies.BadParameter("ENVID")
            : null;
    }

    private static bool TryStrip(string argument, string word, out string rest)
    {
        rest = argument.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? argument[word.Length..] : "";
        return rest.Length > 0;
    }
}
