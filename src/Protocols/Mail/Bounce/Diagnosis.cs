using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>What a refusal means: the reply of an SMTP server in a live dialogue, or what a bounce quotes of it.</summary>
public static class Diagnosis
{
    /// <summary>What is looked at; no honest refusal is longer.</summary>
    private const int MaxLength = 4096;

    /// <summary>A reply code at the start of a reply, perhaps quoted, continued or behind "said:".</summary>
    private static readonly Regex Reply = LinearRegex.Create(@"(^|[\s:;'""(<\[=,])(?<code>[45][0-5]\d)([ :\-]|$)");

    private static readonly Regex Enhanced = LinearRegex.Create(@"(^|[\s#('""<:\[])(?<code>[45]\.[0-7]\.\d{1,3})");

    /// <summary>The codes that begin each further line of a long reply.</summary>
    private static readonly Regex Continued = LinearRegex.Create(@"[245]\d\d-([245]\.\d{1,3}\.\d{1,3}[ :])?|[245]\d\d [245]\.\d{1,3}\.\d{1,3}[ :]?");

    private static readonly Regex UnknownHost = LinearRegex.Create("host unknown|unknown (host|mail domain)|mail domain unknown");
    private static readonly Regex Recipient = LinearRegex.Create(@"recipient|\buser|\brcpt|mailbox|destination");
    private static readonly Regex Link = LinearRegex.Create(@"(https?:|www\.)[^\s<>""]+|p=[a-z]+|/query/lookup\S*");
    private static readonly Regex MailAddress = LinearRegex.Create(@"[<'""(\[]*[^\s<>()\[\]'"",;:@]+@[a-z0-9.\-_\[\]]+[>'"")\]]*");
    private static readonly Regex Blanks = LinearRegex.Create(@"\s+");

    /// <summary>Judges a refusal. A live dialogue knows its stage; a bounce mostly tells it in its text.</summary>
    /// <param name="text">What was said, in one line or several, with or without reply code.</param>
    /// <param name="status">The status a report gives apart from the text.</param>
    /// <param name="stage">Where in the dialogue it was said.</param>
    public static BounceReason Of(string text, EnhancedStatusCode? status = null, SmtpStage stage = SmtpStage.Unknown)
    {
        ArgumentNullException.ThrowIfNull(text);
        var said = Blanks.Replace(text.Length > MaxLength ? text[..MaxLength] : text, " ").Trim();
        var reply = Reply.Match(said);
        var isReply = reply.Success;
        var start = isReply ? reply : Enhanced.Match(said);
        var heard = start.Success ? said[start.Groups["code"].Index..] : said;
        EnhancedStatusCode? enhanced = EnhancedStatusCode.TryFind(heard, out var found) ? found : null;
        var reason = Find(heard) ?? (start.Success ? Find(said) : null);

        // Microsoft's and others' way to say that the directory has no such recipient.
        if (reason is BounceReason.Refused && enhanced is { Class: 5, Subject: 4, Detail: 1 } && heard.Contains("ecipient address rejected", StringComparison.Ordinal))
        {
            reason = BounceReason.MailboxUnknown;
        }

        // A host that answers for a domain does not call it unknown: then it speaks of the sender's, unless a code says otherwise.
        if (reason is BounceReason.DomainUnknown && isReply && !IsAboutDestination(enhanced) && !IsAboutDestination(status) && !UnknownHost.IsMatch(heard))
        {
            reason = BounceReason.SenderRefused;
        }

        var code = isReply ? int.Parse(reply.Groups["code"].Value, CultureInfo.InvariantCulture) : 0;
        if (reason is null or BounceReason.Refused)
        {
            var coded = (Meaningful(enhanced) ?? Meaningful(status)) is { } meaningful ? OfStatus(meaningful) : BounceReason.Unknown;
            coded = coded is BounceReason.Unknown && reason is null ? OfReply(code) : coded;

            // "550 5.1.1 rejected": the code alone does not outweigh the words, unless they are about the recipient.
            var isBelieved = reason is null || BounceReasons.ClassOf(coded) is not BounceClass.Hard || Recipient.IsMatch(heard);
            isBelieved &= reason is null || BounceReasons.ClassOf(coded) is not BounceClass.Soft;
            reason = coded is BounceReason.Unknown || !isBelieved ? reason ?? BounceReason.Unknown : coded;
        }

        return Temper(reason.Value, code, enhanced, status, stage);
    }

    /// <summary>A dead address is believed only if the refusal is final and can be about the recipient at all.</summary>
    private static BounceReason Temper(BounceReason reason, int code, EnhancedStatusCode? enhanced, EnhancedStatusCode? status, SmtpStage stage)
    {
        if (reason is not BounceReason.Unknown && BounceReasons.ClassOf(reason) is not BounceClass.Hard)
        {
            return reason;
        }

        if (stage is SmtpStage.Connect or SmtpStage.Hello)
        {
            return BounceReason.Reputation;
        }

        if (stage is SmtpStage.MailFrom || IsAboutSender(enhanced) || IsAboutSender(status))
        {
            return BounceReason.SenderRefused;
        }

        if (code is >= 400 and < 500 || enhanced is { IsTransient: true })
        {
            return BounceReason.TemporaryTrouble;
        }

        if (reason is BounceReason.Unknown)
        {
            return reason;
        }

        // Some reporters write 4.x although they have given up; then only the name service is believed, which speaks for itself.
        var isFinal = code >= 500 || enhanced is { IsPermanent: true } || status is null or { IsPermanent: true };
        return isFinal || reason is BounceReason.DomainUnknown or BounceReason.NoMailService ? reason : BounceReason.TemporaryTrouble;
    }

    /// <summary>What a code says by itself (RFC 3463 and IANA's registry).</summary>
    private static BounceReason OfStatus(EnhancedStatusCode status) => (status.Subject, status.Detail) switch
    {
        _ when status.IsSuccess => BounceReason.Delivered,
        (1, 1) => BounceReason.MailboxUnknown,
        (1, 2) => BounceReason.DomainUnknown,
        (1, 3) => BounceReason.AddressSyntax,
        (1, 6) => BounceReason.MailboxMoved,
        (1, 7 or 8 or 9) => BounceReason.SenderRefused,
        (1, 10) => BounceReason.NoMailService,
        (2, 1) => BounceReason.MailboxDisabled,
        (2, 2) => BounceReason.MailboxFull,
        (2, 3) or (3, 4) => BounceReason.MessageTooLarge,
        (3, _) => BounceReason.SystemTrouble,
        (4, 3) => BounceReason.NameServiceTrouble,
        (4, 6) or (4, 14) => BounceReason.MailLoop,
        (4, 7) => BounceReason.Expired,
        (4, _) => BounceReason.ConnectionTrouble,
        (5, _) => BounceReason.ProtocolTrouble,
        (6, _) => BounceReason.ContentRefused,
        (7, 20 or 21 or 22 or 23 or 24 or 25 or 26 or 27 or 28 or 29 or 30) => BounceReason.NotAuthenticated,
        (7, _) => BounceReason.Refused,
        _ => BounceReason.Unknown,
    };

    private static BounceReason OfReply(int code) => code switch
    {
        552 => BounceReason.MailboxFull,
        >= 400 and < 500 => BounceReason.TemporaryTrouble,
        _ => BounceReason.Unknown,
    };

    /// <summary>A code that says something: not X.0.0, and not "other" of its subject.</summary>
    private static EnhancedStatusCode? Meaningful(EnhancedStatusCode? code)
        => code is { } known && known.Subject > 0 && (known.Detail > 0 || known.Subject >= 3) ? code : null;

    private static bool IsAboutDestination(EnhancedStatusCode? code) => code is { Subject: 1, Detail: 2 } or { Subject: 4, Detail: > 0 };

    private static bool IsAboutSender(EnhancedStatusCode? code) => code is { Subject: 1, Detail: 7 or 8 or 9 };

    private static BounceReason? Find(string text)
    {
        var whole = MailAddress.Replace(text, " ");
        return Wordings.Find(Blanks.Replace(Continued.Replace(Link.Replace(whole, " "), " "), " "), whole);
    }
}
